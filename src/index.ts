import { usePlatform } from './base/platform.js'
import { browserPlatform } from './browser/platform.js'

export * from './api.js'
export { loadClassifier, type ModelSource } from './browser/load-classifier.js'
export type { BrowserPicture } from './browser/picture.js'
export * as datasets from './data/sets/drawn.js'
export * as callbacks from './train/callbacks/index.js'

usePlatform(browserPlatform)

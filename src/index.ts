import { usePlatform } from './base/platform.js'
import { browserPlatform } from './browser/platform.js'

export * from './api.js'
export * as datasets from './data/sets/drawn.js'
export * as callbacks from './train/callbacks/index.js'

usePlatform(browserPlatform)

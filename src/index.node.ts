import { usePlatform } from './base/platform.js'
import { nodePlatform } from './node/platform.js'

export * from './api.js'
export * as callbacks from './node/callbacks/index.js'
export * as datasets from './node/datasets.js'
export { loadClassifier, type PictureSource } from './node/load-classifier.js'
export { loadModel, saveModel } from './node/model-files.js'
export { readPicture } from './node/pictures/read-picture.js'
export { type PlotModelOptions, plotModel } from './node/plot-model.js'
export { renderPng, type SaveDrawingOptions, saveDrawing } from './node/save-drawing.js'

usePlatform(nodePlatform)

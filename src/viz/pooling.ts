export { drawPooling } from './pooling/cells.js'
export { drawPooledPictures } from './pooling/pictures.js'
export type { PoolingToDraw } from './pooling/steps.js'

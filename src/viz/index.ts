export {
  drawConvolutionPath,
  drawConvolutionStep,
  drawConvolutionSteps,
  type StepOptions,
  type StepToDraw,
  type WalkToDraw,
} from './convolution.js'
export { drawPadding, type PaddingsToDraw, type PaddingToDraw } from './padding.js'
export { drawPooledPictures, drawPooling, type PoolingToDraw } from './pooling.js'
export { beside, type Composition, Drawing, type DrawingParts, stacked } from './svg/drawing.js'
export type { Theme } from './svg/theme.js'

// A filter's way over a picture, drawn: one step, the three steps that explain it, and the whole way.
export { drawConvolutionPath } from './convolution/path.js'
export { drawConvolutionStep, drawConvolutionSteps, type StepOptions } from './convolution/step.js'
export type { StepToDraw, WalkToDraw } from './convolution/walk.js'

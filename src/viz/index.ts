export { type ShiftData, type ShiftDrawingOptions, shiftDrawing } from './shift-map.js'
export { beside, type Composition, Drawing, type DrawingParts, stacked } from './svg/drawing.js'
export type { Theme } from './svg/theme.js'

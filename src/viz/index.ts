export { drawHistories } from './histories.js'
export type {
  DrawnCurves,
  DrawnEpoch,
  HistoryDrawingOptions,
  HistoryMarks,
  NamedHistory,
} from './history/input.js'
export { drawHistory } from './history.js'
export { beside, type Composition, Drawing, type DrawingParts, stacked } from './svg/drawing.js'
export type { Theme } from './svg/theme.js'

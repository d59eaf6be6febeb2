export type { Background } from './shift/move-picture.js'
export {
  type MovedNetwork,
  moveBefore,
  type ShiftAnswer,
  type ShiftExample,
  type ShiftPixels,
  shiftExample,
} from './shift/moved-network.js'
export type { Room } from './shift/room.js'
export { type ShiftMap, type ShiftOptions, shiftMap } from './shift/shift-map.js'
export type { ShiftCell, ShiftMean } from './shift/shift-summary.js'
export {
  type TranslatedNetwork,
  type Translation,
  type TranslationEvent,
  type TranslationOptions,
  translationExperiment,
} from './translation.js'

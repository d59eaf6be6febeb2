import type { EndEvent } from '../../train/events.js'

/** Whether nothing is left to train: all epochs are done, or a callback said why there shall be no more. */
export const cameToItsEnd = ({ reason, message }: EndEvent): boolean =>
  reason === 'done' || (reason === 'stopped' && message !== undefined)

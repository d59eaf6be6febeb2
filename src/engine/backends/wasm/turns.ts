import { currentPlatform } from '../../../base/platform.js'

/** Milliseconds that steps on the caller's own thread may take before the event loop gets its turn. */
const TURN = 8

/** When the event loop last had a turn: of all programs, since the steps of a small network are shorter than `TURN`. */
let last = 0

/** Gives the event loop a turn when it is due. */
export async function giveTurn(): Promise<void> {
  if (performance.now() - last < TURN) return
  await currentPlatform().pause()
  last = performance.now()
}

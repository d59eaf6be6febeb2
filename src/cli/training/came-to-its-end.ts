import { OptionError } from '../../base/errors.js'
import { savedNumber } from '../../train/callbacks/monitor.js'
import type { TrainingState } from '../../train/checkpoint.js'
import type { EndEvent } from '../../train/events.js'
import { formatDuration } from '../../train/progress/format.js'
import { shellWord } from '../look/shell-word.js'
import { inEpochs } from './describe.js'
import type { TrainSettings } from './settings.js'

/** Whether nothing is left to train: all epochs are done, or a callback said why there shall be no more. */
export const cameToItsEnd = ({ reason, message }: EndEvent): boolean =>
  reason === 'done' || (reason === 'stopped' && message !== undefined)

/** Refuses to go on with a run that came to its end, as its checkpoint tells. */
export function refuseDone(path: string, settings: TrainSettings, state: TrainingState): void {
  const { epochs, budget, earlyStopping } = settings
  const refuse = (ended: string, instead: string): never => {
    throw new OptionError(
      `${path}: ${ended}`,
      `Measure it: npx fovea evaluate ${shellWord(path)}. ${instead}`,
    )
  }
  const waited = state.step === 0 ? epochsWaited(state) : 0
  if (earlyStopping !== null && waited > 0 && waited >= earlyStopping)
    refuse(
      `early stopping has ended this run: after epoch ${state.epoch} its validation loss had not got better for ${inEpochs(waited)}.`,
      `Or begin another run with more patience: --early-stopping ${2 * Math.max(1, earlyStopping)}`,
    )
  const allEpochs = epochs !== null && state.epoch >= epochs
  const done =
    epochs === 1 ? 'the one epoch of this run is done' : `all ${epochs} epochs of this run are done`
  if (budget !== null && state.budget?.stepsLeft === 0 && state.step === 0)
    refuse(
      allEpochs
        ? `${done}, and its schedule is at its end.`
        : `the budget of this run (${formatDuration(budget)}) is used, and its schedule at its end.`,
      `Or begin another run with ${allEpochs ? 'more epochs' : 'a longer budget'}.`,
    )
  if (allEpochs)
    refuse(`${done}.`, `Train on: npx fovea train --resume ${shellWord(path)} --epochs ${epochs + 10}`)
}

/** What early stopping has counted: epochs since the best. */
function epochsWaited({ callbacks }: TrainingState): number {
  return savedNumber(callbacks?.earlyStopping, 'wait') ?? 0
}

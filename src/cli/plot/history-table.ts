import { formatPercent } from '../../base/format.js'
import type { Diagnosis } from '../../explain/diagnose.js'
import type { History } from '../../train/history.js'
import { csvOf } from '../output.js'
import { formatTable } from '../table.js'
import { formatLoss } from './history-chart.js'

/** A run as it is plotted. */
export interface PlottedRun {
  /** What the folder was called on the command line. */
  readonly name: string
  readonly history: History
  readonly diagnosis: Diagnosis
}

/** A line an epoch (from 1) and run: every log, and the standard errors of validation where they are known. */
export function historyCsv(runs: readonly PlottedRun[]): string {
  const logs = [...new Set(runs.flatMap(({ history }) => Object.keys(history.history)))]
  const several = runs.length > 1
  const titles = [...(several ? ['run'] : []), 'epoch', ...logs, 'val_loss_se', 'val_accuracy_se']
  const rows = runs.flatMap(({ name, history, diagnosis }) =>
    history.epoch.map((epoch, i) => [
      ...(several ? [name] : []),
      epoch + 1,
      ...logs.map(log => history.history[log]?.[i] ?? ''),
      diagnosis.standardErrors.valLoss[i] ?? '',
      diagnosis.standardErrors.valAccuracy[i] ?? '',
    ]),
  )
  return csvOf(titles, rows)
}

/** The curves and what was found in them: one object for one run, a list for several. */
export function historyJson(runs: readonly PlottedRun[]): unknown {
  const objects = runs.map(({ name, history: { epoch, history, params }, diagnosis }) => ({
    run: name,
    epoch,
    history,
    params,
    diagnosis,
  }))
  return objects.length === 1 ? objects[0] : objects
}

/** Runs side by side: what each reached in the epoch with its lowest validation loss. */
export const comparisonText = (runs: readonly PlottedRun[]): string =>
  formatTable(
    ['run', 'epochs', 'best epoch', 'val. loss', 'val. accuracy', 'overfitting starts'],
    runs.map(({ name, history, diagnosis: { best, standardErrors, onset } }) => {
      const place = best.valLoss ? history.epoch.indexOf(best.valLoss.epoch) : -1
      const accuracy = history.history.val_accuracy?.[place]
      const error = standardErrors.valAccuracy[place] ?? null
      return [
        name,
        String(history.epoch.length),
        best.valLoss ? String(best.valLoss.epoch + 1) : '–',
        best.valLoss ? formatLoss(best.valLoss.value) : '–',
        accuracy === undefined ? '–' : withError(accuracy, error),
        onset === null ? '–' : `epoch ${onset + 1}`,
      ]
    }),
  )

const withError = (share: number, error: number | null): string =>
  error === null ? formatPercent(share) : `${formatPercent(share)} ± ${(100 * error).toFixed(1)}`

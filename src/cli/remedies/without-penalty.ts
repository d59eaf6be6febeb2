import type { History } from '../../train/history.js'

/**
 * Curves whose losses can be compared between trainings: a regularizer adds its penalty to `val_loss` and
 * `train_eval_loss`, and a network that pays one would seem worse than it answers. What the rows of the validation part
 * came to has none; what is left of `val_loss` is the penalty, and both losses were measured with the same weights.
 */
export function withoutPenalty({ epoch, validation, history, diverged }: History): ComparedCurves {
  const { val_loss, train_eval_loss } = history
  // Where the rows of an epoch were lost, its loss stays as it is.
  const losses = validation.map((rows, i) => (rows ? mean(rows.loss) : val_loss![i]!))
  const withoutIt = train_eval_loss!.map((loss, i) => loss - (val_loss![i]! - losses[i]!))
  return {
    epoch,
    validation,
    diverged,
    history: { ...history, val_loss: losses, train_eval_loss: withoutIt },
  }
}

/** A history as plain data. */
export type ComparedCurves = Pick<History, 'epoch' | 'validation' | 'history' | 'diverged'>

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

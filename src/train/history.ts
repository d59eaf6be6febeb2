import type { BestEpoch, TrainingState } from './checkpoint.js'
import type { TrainEvent } from './events.js'

/** The curves of a training run: the fold of its events. */
export class History {
  /** Epochs that were finished, from 0. */
  readonly epoch: number[] = []
  /** One value an epoch: `loss`, `accuracy`, and with a validation part `val_loss`, `val_accuracy`. */
  readonly history: Record<string, number[]> = {}
  /** Epochs asked for, and steps each takes. */
  params = { epochs: 0, steps: 0 }
  /** The epoch with the lowest `val_loss` (`loss` without a validation part); null when none was finished. */
  best: BestEpoch | null = null
  /** Whether training was ended early, by an AbortSignal or a callback. */
  stopped = false

  /** Goes on from where a checkpoint stands. */
  static from(state: Pick<TrainingState, 'history' | 'best'>): History {
    const history = new History()
    history.epoch.push(...state.history.epoch)
    for (const [key, values] of Object.entries(state.history.history)) history.history[key] = [...values]
    history.best = state.best
    return history
  }

  /** Takes one event in; returns itself, so that events can be folded. */
  add(event: TrainEvent): this {
    if (event.type === 'begin') this.params = { epochs: event.epochs, steps: event.stepsPerEpoch }
    if (event.type === 'end') this.stopped = event.reason === 'stopped'
    if (event.type === 'epoch') this.addEpoch(event.epoch, event.logs)
    return this
  }

  /** What a candidate for the best epoch is compared by, and whether these logs beat what there is. */
  improvement(epoch: number, logs: Readonly<Record<string, number>>): BestEpoch | null {
    const monitor = 'val_loss' in logs ? 'val_loss' : 'loss'
    const value = logs[monitor]!
    return this.best === null || value < this.best.value ? { epoch, monitor, value } : null
  }

  /** The state's share of a checkpoint: copies, so later epochs do not change it. */
  snapshot(): Pick<TrainingState, 'history' | 'best'> {
    const curves = Object.entries(this.history).map(([key, values]) => [key, [...values]])
    return { history: { epoch: [...this.epoch], history: Object.fromEntries(curves) }, best: this.best }
  }

  private addEpoch(epoch: number, logs: Readonly<Record<string, number>>): void {
    this.best = this.improvement(epoch, logs) ?? this.best
    this.epoch.push(epoch)
    for (const [key, value] of Object.entries(logs)) (this.history[key] ??= []).push(value)
  }
}

/** The history of a run, from its events (for instance the lines of `history.jsonl`). */
export const historyOf = (events: Iterable<TrainEvent>): History => {
  const history = new History()
  for (const event of events) history.add(event)
  return history
}

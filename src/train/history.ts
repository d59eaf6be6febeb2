import { type BestRule, bestWith, defaultRule } from './callbacks/best-rule.js'
import type { BestEpoch, TrainingState } from './checkpoint.js'
import type { BeginEvent, EndEvent, EpochEvent, TrainEvent } from './events.js'
import type { ValidationRows } from './validation-rows.js'

/** The curves of a training run: the fold of its events. */
export class History {
  /** Epochs that were finished, from 0. */
  readonly epoch: number[] = []
  /**
   * One value an epoch: `loss`, `accuracy`, with a validation part `val_loss`, `val_accuracy`, with `trainEvaluation`
   * `train_eval_loss`, `train_eval_accuracy`, and where something changes the learning rate `learning_rate`.
   */
  readonly history: Record<string, number[]> = {}
  /**
   * For each of `epoch` what every row of the validation part came to. Undefined without a validation part, where the
   * network does not tell classes apart, and for epochs before a checkpoint that training went on from.
   */
  readonly validation: (ValidationRows | undefined)[] = []
  /** Epochs asked for (null where a time budget ended training), and steps each takes. */
  params: { epochs: number | null; steps: number } = { epochs: 0, steps: 0 }
  /**
   * The epoch with the lowest `val_loss` (`loss` without a validation part), or what `earlyStopping` finds the best; null
   * when none was finished.
   */
  best: BestEpoch | null = null
  /** Whether training was ended early, by an AbortSignal or a callback. */
  stopped = false
  /** The message of the DivergedError that ended training; null where none did. */
  diverged: string | null = null
  private rule: BestRule | null = null

  /** Goes on from where a checkpoint stands. */
  static from(state: Pick<TrainingState, 'history' | 'best'>): History {
    const history = new History()
    history.epoch.push(...state.history.epoch)
    history.validation.push(...state.history.epoch.map(() => undefined))
    for (const [key, values] of Object.entries(state.history.history)) history.history[key] = [...values]
    history.best = state.best
    return history
  }

  /** Takes one event in; returns itself, so that events can be folded. */
  add(event: TrainEvent): this {
    if (event.type === 'begin') this.addBegin(event)
    if (event.type === 'end') this.addEnd(event)
    if (event.type === 'epoch') this.addEpoch(event)
    return this
  }

  /** What a candidate for the best epoch is compared by, and whether these logs beat what there is. */
  improvement(epoch: number, logs: Readonly<Record<string, number>>): BestEpoch | null {
    return bestWith(this.rule ?? defaultRule(logs), this.best, epoch, logs)
  }

  /** The state's share of a checkpoint: copies, so later epochs do not change it. */
  snapshot(): Pick<TrainingState, 'history' | 'best'> {
    const curves = Object.entries(this.history).map(([key, values]) => [key, [...values]])
    return { history: { epoch: [...this.epoch], history: Object.fromEntries(curves) }, best: this.best }
  }

  private addBegin({ epochs, stepsPerEpoch, best }: BeginEvent): void {
    this.params = { epochs, steps: stepsPerEpoch }
    this.rule = best ?? null
  }

  private addEnd({ reason, message = '' }: EndEvent): void {
    this.stopped = reason === 'stopped'
    this.diverged = reason === 'diverged' ? message : null
  }

  private addEpoch({ epoch, logs, validation }: EpochEvent): void {
    this.best = this.improvement(epoch, logs) ?? this.best
    this.epoch.push(epoch)
    this.validation.push(validation)
    for (const [key, value] of Object.entries(logs)) (this.history[key] ??= []).push(value)
  }
}

/** The history of a run, from its events (for instance the lines of `history.jsonl`). */
export const historyOf = (events: Iterable<TrainEvent>): History => {
  const history = new History()
  for (const event of events) history.add(event)
  return history
}

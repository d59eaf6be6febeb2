import type { Callback, CallbackContext } from './callbacks/callback.js'
import type { BeginEvent, EndEvent, EpochEvent, StepEvent, TrainEvent } from './events.js'

/** Who gets to know what happens in training: the listener at once, callbacks awaited one after the other. */
export class Announcer {
  constructor(
    readonly tell: (event: TrainEvent) => void,
    private readonly callbacks: readonly Callback[],
    private readonly context: CallbackContext,
  ) {}

  async begin(event: BeginEvent): Promise<void> {
    this.tell(event)
    for (const callback of this.callbacks) await callback.onTrainBegin?.(event, this.context)
  }

  async epochBegin(epoch: number): Promise<void> {
    for (const callback of this.callbacks) await callback.onEpochBegin?.(epoch, this.context)
  }

  async step(event: StepEvent): Promise<void> {
    this.tell(event)
    for (const callback of this.callbacks) await callback.onBatchEnd?.(event, this.context)
  }

  async epoch(event: EpochEvent): Promise<void> {
    this.tell(event)
    for (const callback of this.callbacks) await callback.onEpochEnd?.(event, this.context)
  }

  async end(event: EndEvent): Promise<void> {
    this.tell(event)
    for (const callback of this.callbacks) await callback.onTrainEnd?.(event, this.context)
  }
}

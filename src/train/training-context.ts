import type { Scaling } from '../base/tensor.js'
import type { Network } from '../nn/network.js'
import type { CallbackContext } from './callbacks/callback.js'
import type { Tensors } from './checkpoint.js'
import type { EndEvent } from './events.js'
import type { Optimizer } from './optimizers/optimizer.js'
import type { Training } from './training.js'

/** One training as its callbacks see it. */
export class TrainingContext implements CallbackContext {
  private stopped = false
  private reason: string | undefined

  constructor(private readonly training: Training) {}

  get optimizer(): Optimizer {
    return this.training.optimizer
  }

  get network(): Network {
    return this.training.session.setup.network
  }

  get preprocessing(): Scaling {
    return this.training.plan.train.x.scaling
  }

  /** Whether a callback or an AbortSignal asked for an end. */
  get stopping(): boolean {
    return this.stopped || this.training.plan.options.signal?.aborted === true
  }

  /** What the end event says of it. */
  get why(): Pick<EndEvent, 'message'> {
    return this.reason === undefined ? {} : { message: this.reason }
  }

  // Callbacks take these out of the context: onEpochEnd(event, { stop }).

  readonly stop = (why?: string): void => {
    this.stopped = true
    this.reason ??= why
  }

  readonly weights = (): Tensors => this.training.session.read().weights

  readonly restoreBest = (): void => this.training.restoreBest()
}

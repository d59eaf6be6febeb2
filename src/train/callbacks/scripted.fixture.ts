import type { EndEvent, EpochEvent } from '../events.js'
import { sgd } from '../optimizers/index.js'
import type { Callback, CallbackContext } from './callback.js'

/** What a callback did when the epochs came to these values. */
export interface Watched {
  /** The epoch after which it asked for an end, from 0; null where it never did. */
  readonly stoppedAt: number | null
  readonly why: string | undefined
  /** The learning rate after each epoch. */
  readonly rates: readonly number[]
}

/** Lets a callback see epochs with these values of one log, without any training. */
export async function watch(
  callback: Callback,
  values: readonly number[],
  { monitor = 'val_loss', from = 0, learningRate = 1 } = {},
): Promise<Watched> {
  const optimizer = sgd({ learningRate })
  let [stoppedAt, why]: [number | null, string | undefined] = [null, undefined]
  const rates: number[] = []
  for (const [i, value] of values.entries()) {
    const stop = (reason?: string) => void ([stoppedAt, why] = [from + i, reason])
    await callback.onEpochEnd?.(epochEvent(from + i, { [monitor]: value }), contextWith({ stop, optimizer }))
    rates.push(optimizer.learningRate)
    if (stoppedAt !== null) break
  }
  return { stoppedAt, why, rates }
}

export const epochEvent = (epoch: number, logs: Readonly<Record<string, number>>): EpochEvent => ({
  type: 'epoch',
  epoch,
  logs,
  seconds: 1,
  imagesPerSecond: 1,
  best: false,
})

export const endEvent: EndEvent = {
  type: 'end',
  reason: 'done',
  epochs: 1,
  seconds: 1,
  bestEpoch: 0,
  logs: {},
}

/** A context of which only these parts are looked at. */
export const contextWith = (parts: Partial<CallbackContext>): CallbackContext => parts as CallbackContext

/**
 * What the bench and the systems it measures say to each other. Each system is a process that is started once, says
 * hello, and then answers one request after the other: a line of JSON each, on standard input and output.
 */

/** `train`: whole steps (forward, loss read back, backward, update). `infer`: forward, the softmax read back. */
export type Task = 'train' | 'infer'

export interface Workload {
  readonly task: Task
  readonly batch: number
}

export interface Hello {
  readonly type: 'hello'
  /** Of the system. */
  readonly version: string
  /** What it runs on: `Node v20.20.2`. */
  readonly runtime: string
  /** Of the network it built: everybody's must have as many. */
  readonly params: number
}

/** Asks for a window: `lead` steps, then at least one step, and more until `seconds` have passed. */
export interface WindowRequest extends Workload {
  /** Steps before the clock starts: they bring caches and clock rates back after another system's turn. */
  readonly lead: number
  readonly seconds: number
}

/** What a system did behind the lead. */
export interface WindowAnswer {
  readonly type: 'window'
  readonly images: number
  readonly seconds: number
  /** CPU time the process took for the whole request, lead included, over all its threads. */
  readonly cpuSeconds: number
  /** The most memory the process ever held. */
  readonly peakBytes: number
  /** The last loss read back; null for inference. */
  readonly loss: number | null
}

/** It cannot do what was asked; it lives on. */
export interface Refusal {
  readonly type: 'refusal'
  readonly reason: string
}

export type ServerMessage = Hello | WindowAnswer | Refusal

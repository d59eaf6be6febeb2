/** What a window brought, but for what the process itself knows. */
export interface Measured {
  readonly images: number
  readonly seconds: number
  readonly loss: number | null
}

export interface WindowLength {
  readonly lead: number
  readonly seconds: number
}

/** Measures one window of one workload. */
export type Measure = (length: WindowLength) => Promise<Measured>

const nowInSeconds = (): number => performance.now() / 1000

/** Counts the steps of a window: those of the lead do not count, and the clock starts behind them. */
export class StepClock {
  private start: number
  private end: number
  private steps = 0

  constructor(
    private readonly length: WindowLength,
    private readonly now: () => number = nowInSeconds,
  ) {
    this.start = this.end = now()
  }

  /** One more step is done. Returns whether that was the last. */
  step(): boolean {
    this.end = this.now()
    this.steps++
    if (this.steps === this.length.lead) this.start = this.end
    return this.steps > this.length.lead && this.end - this.start >= this.length.seconds
  }

  measured(imagesPerStep: number, loss: number | null): Measured {
    const images = (this.steps - this.length.lead) * imagesPerStep
    return { images, seconds: this.end - this.start, loss }
  }
}

/** Windows of a system that goes one step at a time. `step` gives the loss, or null where there is none. */
export const repeat =
  (imagesPerStep: number, step: () => Promise<number | null>): Measure =>
  async length => {
    const clock = new StepClock(length)
    let loss: number | null
    do loss = await step()
    while (!clock.step())
    return clock.measured(imagesPerStep, loss)
  }

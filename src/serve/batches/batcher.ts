/** Computes several items together; gives a result for each, in their order. */
export type RunBatch<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>

interface Job<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(reason: unknown): void
  /** Stops listening for its client going away. */
  settle(): void
}

/**
 * Gathers items into batches. One batch is computed at a time; what comes meanwhile gathers for the next, so that batches
 * are as large as the load asks for and a single item never waits for company.
 */
export class Batcher<Item, Result> {
  private jobs: Job<Item, Result>[] = []
  private running = false

  /** @param most items of a batch */
  constructor(
    private readonly most: number,
    private readonly run: RunBatch<Item, Result>,
  ) {}

  get waiting(): number {
    return this.jobs.length
  }

  /** The result for one item. Whose signal aborts before its batch begins is left out of it. */
  ask(item: Item, signal: AbortSignal): Promise<Result> {
    if (signal.aborted) return Promise.reject(signal.reason)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.jobs = this.jobs.filter(other => other !== job)
        reject(signal.reason)
      }
      const settle = () => signal.removeEventListener('abort', leave)
      const job = { item, resolve, reject, settle }
      signal.addEventListener('abort', leave, { once: true })
      this.jobs.push(job)
      if (!this.running) void this.work()
    })
  }

  private async work(): Promise<void> {
    this.running = true
    // What arrives in the same turn of the event loop belongs together.
    await new Promise(resolve => setImmediate(resolve))
    while (this.jobs.length > 0) await this.runOne(this.jobs.splice(0, this.most))
    this.running = false
  }

  private async runOne(batch: readonly Job<Item, Result>[]): Promise<void> {
    for (const job of batch) job.settle()
    try {
      const results = await this.run(batch.map(({ item }) => item))
      batch.forEach((job, i) => job.resolve(results[i]!))
    } catch (error) {
      for (const job of batch) job.reject(error)
    }
  }
}

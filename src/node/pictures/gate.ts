interface Waiting {
  readonly weight: number
  enter(): void
}

/** Lets so much through at the same time; the rest waits, first come, first served. */
export class Gate {
  private inside = 0
  private readonly waiting: Waiting[] = []

  constructor(private readonly capacity: number) {}

  /**
   * Runs `work` when there is room for its weight. What weighs more than the gate holds goes through alone.
   *
   * @param signal ends the waiting
   */
  async pass<T>(weight: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const held = Math.min(weight, this.capacity)
    await this.enter(held, signal)
    try {
      return await work()
    } finally {
      this.inside -= held
      this.letIn()
    }
  }

  private enter(weight: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(place), 1)
        reject(signal?.reason)
        this.letIn() // those behind may be lighter
      }
      const place: Waiting = {
        weight,
        enter: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.waiting.push(place)
      this.letIn()
    })
  }

  private letIn(): void {
    for (
      let next = this.waiting[0];
      next && this.inside + next.weight <= this.capacity;
      next = this.waiting[0]
    ) {
      this.waiting.shift()
      this.inside += next.weight
      next.enter()
    }
  }
}

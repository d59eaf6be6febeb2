/** Readings of items that have begun, in the order of the items; no more than `ahead` that nobody has taken. */
export class ReadQueue<Item, Read> {
  /** Ends when the last item's reading has begun, or with what the items threw. */
  readonly source: Promise<void>
  private readonly begun: Promise<Read>[] = []
  private readonly arrivals = new Bell()
  private readonly departures = new Bell()
  private over = false

  constructor(
    items: AsyncIterable<Item> | Iterable<Item>,
    private readonly read: (item: Item) => Promise<Read>,
    private readonly ahead: number,
  ) {
    this.source = this.beginAll(items).finally(() => {
      this.over = true
      this.arrivals.ring()
    })
    this.source.catch(() => undefined) // whoever waits for it hears of it
  }

  /** Readings that can be taken, finished or not. */
  get length(): number {
    return this.begun.length
  }

  /** Whether no other reading will begin. */
  get isOver(): boolean {
    return this.over
  }

  /** The next reading; there must be one. Its place is free at once. */
  take(): Promise<Read> {
    const next = this.begun.shift()!
    this.departures.ring()
    return next
  }

  /** Waits for a reading to begin, for the end of the items, or for `wake`. */
  arrival(): Promise<void> {
    return this.arrivals.rung()
  }

  /** Ends the waiting for an arrival. */
  wake(): void {
    this.arrivals.ring()
  }

  /** Nobody will take anything any more: no other reading begins. */
  close(): void {
    this.over = true
    this.departures.ring()
  }

  private async beginAll(items: AsyncIterable<Item> | Iterable<Item>): Promise<void> {
    for await (const item of items) {
      while (this.begun.length >= this.ahead && !this.over) await this.departures.rung()
      if (this.over) return
      const reading = this.read(item)
      reading.catch(() => undefined) // whoever takes it hears of it; until then it may wait
      this.begun.push(reading)
      this.arrivals.ring()
    }
  }
}

/** Lets one wait for what another does. */
class Bell {
  private ringing = () => {}

  ring(): void {
    this.ringing()
  }

  rung(): Promise<void> {
    return new Promise(resolve => {
      this.ringing = resolve
    })
  }
}

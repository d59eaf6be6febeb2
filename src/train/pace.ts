/**
 * How fast pictures go by. The first step of a measurement carries what happens once (first touch of memory), so as
 * soon as there is a second one it is left out, as Keras does.
 */
export class Pace {
  private readonly start: number
  private afterFirst: { readonly time: number; readonly rows: number } | null = null
  private rows = 0

  constructor(private readonly now: () => number = () => performance.now() / 1000) {
    this.start = now()
  }

  /** Seconds since the measurement began. */
  get seconds(): number {
    return this.now() - this.start
  }

  /** One step is done, of this many pictures. */
  step(rows: number): void {
    this.rows += rows
    this.afterFirst ??= { time: this.now(), rows }
  }

  /** Pictures per second so far; 0 before the first step. */
  get imagesPerSecond(): number {
    const first = this.afterFirst
    if (first && this.rows > first.rows) return perSecond(this.rows - first.rows, this.now() - first.time)
    return perSecond(this.rows, this.seconds)
  }

  /** Seconds that so many more pictures take at this pace. */
  secondsFor(rows: number): number {
    const rate = this.imagesPerSecond
    return rate === 0 ? 0 : rows / rate
  }
}

/** A clock too coarse for what it measures must not give Infinity: at least a microsecond is assumed. */
const perSecond = (rows: number, seconds: number): number => rows / Math.max(seconds, 1e-6)

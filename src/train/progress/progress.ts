import { currentPlatform, type Terminal } from '../../base/platform.js'
import type { TrainEvent } from '../events.js'
import { renderBar } from './bar.js'
import { renderEpoch } from './line.js'

/** Seconds between two drawings of the bar: at most ten a second. */
const redrawEvery = 0.1

const clearToEnd = '\u001b[K'

/** Shows training to a person. */
export interface Progress {
  tell(event: TrainEvent): void
  /** Leaves the terminal at the beginning of a fresh line, however training ended. */
  close(): void
}

/** The progress for `verbose`; see `Verbose`. The bar needs a terminal: without one, there is a line an epoch. */
export function openProgress(verbose: 'auto' | 0 | 1 | 2): Progress {
  const { terminal } = currentPlatform()
  if (verbose === 0) return { tell: () => undefined, close: () => undefined }
  return terminal && verbose !== 2 ? new BarProgress(terminal) : new LineProgress(line => console.log(line))
}

/** Where nothing can be drawn over: a line an epoch. */
export class LineProgress implements Progress {
  private epochs: number | null = 0

  constructor(private readonly print: (line: string) => void) {}

  tell(event: TrainEvent): void {
    if (event.type === 'begin') this.epochs = event.epochs
    if (event.type === 'epoch') this.print(renderEpoch(event, this.epochs))
  }

  close(): void {}
}

/** Draws one line over and over; when the epoch is done, its plain line takes the bar's place. */
export class BarProgress implements Progress {
  private epochs: number | null = 0
  private drawnAt = Number.NEGATIVE_INFINITY
  private open = false

  constructor(
    private readonly terminal: Terminal,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {}

  tell(event: TrainEvent): void {
    if (event.type === 'begin') this.epochs = event.epochs
    if (event.type === 'epoch') this.end(renderEpoch(event, this.epochs))
    if (event.type !== 'step' || this.now() - this.drawnAt < redrawEvery) return
    this.drawnAt = this.now()
    this.open = true
    // The last column stays free: some terminals begin a new line when it is written.
    this.terminal.write(`\r${renderBar(event, this.terminal.columns - 1, this.epochs)}${clearToEnd}`)
  }

  close(): void {
    if (this.open) this.terminal.write('\n')
    this.open = false
  }

  private end(line: string): void {
    this.terminal.write(`\r${line}${clearToEnd}\n`)
    this.open = false
  }
}

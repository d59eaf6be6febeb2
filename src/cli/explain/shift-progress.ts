import { formatCount } from '../../base/format.js'
import type { TranslationEvent } from '../../explain/translation.js'
import { BarProgress, LineProgress, type Progress } from '../../train/progress/progress.js'
import type { CliIo } from '../io.js'

/** Shows training and moving to a person, on the error output where nothing can be drawn: numbers stay alone. */
export class ShiftProgress {
  private readonly training: Progress
  private drawn = false

  constructor(private readonly io: CliIo) {
    this.training = io.terminal ? new BarProgress(io.terminal) : new LineProgress(line => io.err(line))
  }

  tell(event: TranslationEvent): void {
    if (event.type === 'shift') this.moved(event.done, event.total)
    else this.trained(event)
  }

  /** Shifts that are done, of how many. */
  moved(done: number, total: number): void {
    if (!this.io.terminal) return
    this.io.terminal.write(`\rMoving the pictures: ${Math.floor((100 * done) / total)} %\u001b[K`)
    this.drawn = true
    if (done === total) this.close()
  }

  private trained({ network, event }: Extract<TranslationEvent, { type: 'train' }>): void {
    if (event.type === 'begin') {
      this.close()
      this.io.err(`${network.title}: ${formatCount(event.trainRows)} pictures`)
    }
    this.training.tell(event)
  }

  /** Leaves the terminal at the beginning of a fresh line. */
  close(): void {
    this.training.close()
    if (this.drawn) this.io.terminal?.write('\n')
    this.drawn = false
  }
}

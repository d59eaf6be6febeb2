import { formatCount } from '../../base/format.js'
import type { Terminal } from '../../base/platform.js'
import { formatDuration, formatRate } from '../../train/progress/format.js'

/** One line of a terminal that says how many pictures are answered; without a terminal there is none. */
export class ProgressLine {
  private shown = false
  private readonly began = performance.now()

  /** @param total null where nobody knows how many there will be */
  constructor(
    private readonly terminal: Terminal | null,
    private readonly total: number | null,
  ) {}

  show(done: number): void {
    if (!this.terminal || done === this.total) return
    const text = progressText(done, this.total, (performance.now() - this.began) / 1000)
    this.terminal.write(`\r${text.slice(0, this.terminal.columns - 1)}\u001b[K`)
    this.shown = true
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.shown) this.terminal?.write('\r\u001b[K')
    this.shown = false
  }
}

/** `640 of 10,000 pictures · 183 images/s · 51 s left` */
export function progressText(done: number, total: number | null, seconds: number): string {
  const rate = done / Math.max(seconds, 1e-3)
  if (total === null) return `${formatCount(done)} pictures · ${formatRate(rate)}`
  const left = formatDuration((total - done) / rate)
  return `${formatCount(done)} of ${formatCount(total)} pictures · ${formatRate(rate)} · ${left} left`
}

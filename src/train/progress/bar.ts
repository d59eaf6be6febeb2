import type { StepEvent } from '../events.js'
import { epochTitle, formatDuration, formatLogs, formatRate } from './format.js'

const longestBar = 30
const shortestBar = 8

/**
 * One line that tells how far an epoch is: `Epoch 3/40 ━━━━━━━╺───── 62 % · 183 images/s · 12 s left · loss 1.2345 …`.
 * It is never wider than `columns`: first the bar shrinks, then what matters least is left out.
 */
export function renderBar(event: StepEvent, columns: number, epochs: number | null): string {
  const share = event.step / event.steps
  const head = epochTitle(event.epoch, epochs)
  const percent = `${Math.floor(share * 100)} %`
  const logs = formatLogs(event.logs)
  const parts = [...logs, formatRate(event.imagesPerSecond), `${formatDuration(event.secondsLeft)} left`]
  for (let kept = parts.length; kept >= 0; kept--) {
    const tail = [percent, ...inReadingOrder(parts.slice(0, kept), logs.length)].join(' · ')
    const room = columns - head.length - tail.length - 2
    if (room >= shortestBar) return `${head} ${drawBar(share, Math.min(room, longestBar))} ${tail}`
  }
  return `${head} ${percent}`.slice(0, columns)
}

/** Loss and accuracy matter most and so come first in the list, but they read best at the end of the line. */
const inReadingOrder = (parts: readonly string[], logs: number): readonly string[] => [
  ...parts.slice(logs),
  ...parts.slice(0, logs),
]

function drawBar(share: number, width: number): string {
  const full = Math.round(share * width)
  return `${'━'.repeat(full)}${'─'.repeat(width - full)}`
}

import type { FoundLearningRate } from '../../train/index.js'
import { formatTable } from '../table.js'

const lines = 20
const barWidth = 40

/** The smoothed loss as bars, a line for a stretch of rates; the suggested one is marked. */
export function curveText({ rates, smoothed, suggestion }: FoundLearningRate): string {
  const count = Math.min(lines, rates.length)
  const places = Array.from({ length: count }, (_, i) =>
    Math.round((i * (rates.length - 1)) / Math.max(1, count - 1)),
  )
  const lowest = Math.min(...smoothed)
  const highest = Math.max(...places.map(place => Math.min(smoothed[place]!, 2 * smoothed[0]! - lowest)))
  const marked = suggestion === null ? -1 : nearestPlace(rates, places, suggestion)
  const rows = places.map(place => [
    rates[place]!.toPrecision(2),
    smoothed[place]!.toFixed(3),
    bar(Math.min(smoothed[place]!, highest), lowest, highest),
    place === marked ? '← about here' : '',
  ])
  return formatTable(['learning rate', 'loss', '', ''], rows, ['right', 'right', 'left', 'left'])
}

/** Which of the places has the rate closest to this one, by ratio. */
const nearestPlace = (rates: readonly number[], places: readonly number[], rate: number): number =>
  places.reduce((best, place) =>
    distance(rates[place]!, rate) < distance(rates[best]!, rate) ? place : best,
  )

const distance = (a: number, b: number): number => Math.abs(Math.log(a / b))

const bar = (value: number, lowest: number, highest: number): string =>
  '█'.repeat(1 + Math.round(((value - lowest) / (highest - lowest || 1)) * (barWidth - 1)))

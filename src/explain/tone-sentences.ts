import { formatCount } from '../base/format.js'

interface Shifted {
  readonly count: number
  readonly shift: number
  readonly cutBelow: number
  readonly cutAbove: number
  readonly unit: number
}

/** `Shifted by 118; 3 of 900 values below 0 and 12 above 255 were cut off.` */
export function shiftSentence({ count, shift, cutBelow, cutAbove, unit }: Shifted): string {
  const scaling = unit === 1 ? '' : `One stands for ${formatNumber(unit)} grey levels. `
  const what = shift === 0 ? 'Not shifted' : `Shifted by ${shift}`
  const rest =
    cutBelow + cutAbove === 0 ? `: ${insideWords(count)}` : `; ${cutWords(count, cutBelow, cutAbove)}`
  return `${scaling}${what}${rest}.`
}

const insideWords = (count: number): string =>
  count === 1 ? 'the only value lies in 0…255' : `all ${formatCount(count)} values lie in 0…255`

/** `3 of 900 values below 0 and 12 above 255 were cut off` */
function cutWords(count: number, below: number, above: number): string {
  const of = `of ${formatCount(count)} ${count === 1 ? 'value' : 'values'}`
  const were = below + above === 1 ? 'was cut off' : 'were cut off'
  if (above === 0) return `${formatCount(below)} ${of} below 0 ${were}`
  if (below === 0) return `${formatCount(above)} ${of} above 255 ${were}`
  return `${formatCount(below)} ${of} below 0 and ${formatCount(above)} above 255 ${were}`
}

export const symmetricSentence = (end: number): string =>
  end === 0
    ? 'All values are 0, shown as mid grey.'
    : `0 is mid grey, ${formatNumber(-end)} is black and ${formatNumber(end)} is white.`

export const rangeSentence = ([low, high]: readonly [number, number]): string =>
  low === high
    ? `All values are ${formatNumber(low)}, shown as mid grey.`
    : `${formatNumber(low)} is black and ${formatNumber(high)} is white.`

/** Whole numbers as they are, others with four digits. */
const formatNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : String(Number(value.toPrecision(4)))

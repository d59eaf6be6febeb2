import type { ShiftAnswerData, ShiftData, ShiftMapData, ShiftPanelData, ShiftPlace } from './shift-data.js'

/** `81.3 %` */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** `6 pixels left, 6 up`. */
export function movedBy({ dx, dy }: ShiftPlace): string {
  const steps = [
    dx !== 0 && `${Math.abs(dx)} ${dx < 0 ? 'left' : 'right'}`,
    dy !== 0 && `${Math.abs(dy)} ${dy < 0 ? 'up' : 'down'}`,
  ].filter(step => step !== false)
  return steps.length === 0 ? 'not moved' : steps.join(', ')
}

/** `says 4, 94.2 %` */
export const saying = ({ className, probability }: ShiftAnswerData): string =>
  `says ${className}, ${percent(probability)}`

/** The mean over what cuts nothing, with its standard error where there is more than one picture. */
export const uncutShare = ({ pictures, uncut }: ShiftMapData): string =>
  pictures === 1
    ? percent(uncut.recognised)
    : `${percent(uncut.recognised)} ± ${(100 * uncut.standardError).toFixed(1)}`

/** Up to where at least half is recognised. */
export function halfWords({ halfRadius, dx, dy, pictures }: ShiftMapData): string {
  const what = pictures === 1 ? 'recognised at less than half of the places' : 'less than half recognised'
  if (halfRadius !== null) return `${what} from ${halfRadius} ${halfRadius === 1 ? 'pixel' : 'pixels'} on`
  const radius = Math.min(-dx[0], dx[1], -dy[0], dy[1])
  return `at least half recognised at all distances up to ${radius}`
}

/** What is to be seen of one network, in words. */
export function describePanel({ title, map, answers }: ShiftPanelData): string {
  const { centre, moved } = answers
  return (
    `${title}: in the middle it ${saying(centre)}; moved it ${saying(moved)}` +
    `${moved.right ? '' : ` (the right class gets ${percent(moved.rightProbability)})`}. ` +
    `As ${map.pictures === 1 ? 'it is' : 'they are'}, ${percent(map.centre.recognised)} recognised; ` +
    `over the shifts that cut nothing ${uncutShare(map)}; ${halfWords(map)}.`
  )
}

/** The text alternative of the whole drawing. */
export const describeShift = ({ example, networks }: ShiftData): string =>
  [`A picture of ${example.className}, moved by ${movedBy(example)}.`, ...networks.map(describePanel)].join(
    ' ',
  )

import { scriptOf } from '../../base/script-text.js'
import type { PlayedNumbers, PlayedWalk } from './walk-script.js'

// What the player draws: one SVG, made anew for every step. It is sent to the page as text and stands alone.

export interface Stage {
  /** SVG text */
  readonly svg: string
  /** `0·62 + -1·58 + … =`, or `≈` where a number is shown shortened. */
  readonly products: string
  readonly sum: string
}

/** The input with the filter laid over it, the filter, and the output filled up to stop `at`. */
export function drawStage(
  numbers: PlayedNumbers,
  walk: PlayedWalk,
  at: number,
  format: (value: number) => string,
): Stage {
  const { input, kernel, bias } = numbers
  const side = stageSide(walk, kernel, format)
  const columns = walk.output[0]!.length
  const right = walk.padded[0]!.length * side + 20
  const below = kernel.length * side + 24
  const width = right + Math.max(kernel[0]!.length, columns) * side
  const height = Math.max(walk.padded.length * side, below + walk.output.length * side)
  const { products, sum, name } = stageSum(numbers, walk, at, format)
  const output = stageGrid(walk.output, side, (value, i) => (i <= at ? format(value) : ''), true)
  const here = stageFrame((at % columns) * side, Math.floor(at / columns) * side, side, side)
  const parts = [
    stagePart(0, 0, `Input ${stageSize(input)}${bias === 0 ? '' : ` (bias ${format(bias)})`}`),
    stageInput(numbers, walk, at, side, format),
    stagePart(right, 0, `Filter ${stageSize(kernel)}`, stageGrid(kernel, side, format)),
    stagePart(right, below, `Output ${stageSize(walk.output)}`, output + here),
  ]
  const box = `viewBox="-3 -22 ${width + 6} ${height + 26}" width="${width + 6}" height="${height + 26}"`
  return { products, sum, svg: `<svg ${box} role="img" aria-label="${name}">${parts.join('')}</svg>` }
}

/** What stands at (x, y), with its title above. */
export function stagePart(x: number, y: number, title: string, body = ''): string {
  return `<g transform="translate(${x} ${y})"><text class="fp-title" x="0" y="-8">${title}</text>${body}</g>`
}

export function stageSize(grid: readonly (readonly number[])[]): string {
  return `${grid.length}×${grid[0]!.length}`
}

/** The padded input, and the filter's frame and values on it. */
export function stageInput(
  { input, kernel, strides }: PlayedNumbers,
  walk: PlayedWalk,
  at: number,
  side: number,
  format: (value: number) => string,
): string {
  const columns = walk.output[0]!.length
  const [top, left] = [Math.floor(at / columns) * strides[0], (at % columns) * strides[1]]
  const cells = walk.padded.flatMap((line, r) =>
    line.map((value, c) =>
      stageCell(c * side, r * side, side, {
        text: format(value),
        tone: input[r - walk.top]?.[c - walk.left] ?? null,
        weight: kernel[r - top]?.[c - left],
        format,
      }),
    ),
  )
  return cells.join('') + stageFrame(left * side, top * side, kernel[0]!.length * side, kernel.length * side)
}

export function stageFrame(x: number, y: number, width: number, height: number): string {
  const place = `x="${x}" y="${y}" width="${width}" height="${height}"`
  return `<rect class="fp-seam" ${place}/><rect class="fp-frame" ${place}/>`
}

/** A side that holds every number in 13 units, digits being about 7.4 wide. */
export function stageSide(
  walk: PlayedWalk,
  kernel: readonly (readonly number[])[],
  format: (value: number) => string,
) {
  const longest = [...walk.padded, ...walk.output]
    .flat()
    .reduce((most, value) => Math.max(most, format(value).length), 0)
  const weight = kernel.flat().reduce((most, value) => Math.max(most, format(value).length), 0)
  return Math.max(40, longest * 7.4 + 8, weight * 6.6 + 14)
}

export interface StageCell {
  readonly text: string
  /** The grey level of a cell of the picture; null in the margin. */
  readonly tone: number | null
  /** The filter's value on it. */
  readonly weight: number | undefined
  readonly format: (value: number) => string
}

export function stageCell(
  x: number,
  y: number,
  side: number,
  { text, tone, weight, format }: StageCell,
): string {
  const level = tone === null ? 0 : Math.max(0, Math.min(255, Math.round(tone)))
  const ink = tone === null ? '' : ` style="fill:${level > 117 ? '#000' : '#fff'}"`
  const ground =
    tone === null ? 'class="fp-margin"' : `class="fp-cell" style="fill:rgb(${level},${level},${level})"`
  const middle = weight === undefined ? side / 2 + 4.5 : side * 0.38 + 4.5
  const corner =
    weight === undefined
      ? ''
      : `<text class="fp-weight" x="${x + side - 4}" y="${y + side - 5}"${ink}>×${format(weight)}</text>`
  return `<rect ${ground} x="${x}" y="${y}" width="${side}" height="${side}"/><text class="fp-number" x="${x + side / 2}" y="${y + middle}"${ink}>${text}</text>${corner}`
}

/** A plain grid; with `stops` each cell can be clicked to go there. */
export function stageGrid(
  grid: readonly (readonly number[])[],
  side: number,
  text: (value: number, i: number) => string,
  stops = false,
): string {
  const columns = grid[0]!.length
  return grid
    .flat()
    .map((value, i) => {
      const [x, y] = [(i % columns) * side, Math.floor(i / columns) * side]
      const stop = stops ? ` data-stop="${i}"` : ''
      return `<g${stop}><rect class="fp-plain" x="${x}" y="${y}" width="${side}" height="${side}"/><text class="fp-number" x="${x + side / 2}" y="${y + side / 2 + 4.5}">${text(value, i)}</text></g>`
    })
    .join('')
}

/** The products under the filter, their sum, and both as a sentence. */
export function stageSum(
  { kernel, strides, bias }: PlayedNumbers,
  walk: PlayedWalk,
  at: number,
  format: (value: number) => string,
) {
  const columns = walk.output[0]!.length
  const [row, column] = [Math.floor(at / columns), at % columns]
  const bracketed = (value: number) => (value < 0 ? `(${format(value)})` : format(value))
  const terms = kernel.flatMap((weights, r) =>
    weights.map(
      (weight, s) =>
        `${format(weight)}·${bracketed(walk.padded[row * strides[0] + r]![column * strides[1] + s]!)}`,
    ),
  )
  const sum = format(walk.output[row]![column]!)
  const shown = [walk.output[row]![column]!, bias, ...kernel.flat(), ...walk.padded.flat()]
  const sign = shown.every(value => Number(format(value)) === value) ? '=' : '≈'
  const products = `${[...terms, ...(bias === 0 ? [] : [`${bracketed(bias)} (bias)`])].join(' + ')} ${sign}`
  const name = `Step ${at + 1} of ${walk.output.flat().length}: the output at row ${row}, column ${column} is ${sum}`
  return { products, sum, name }
}

export const stageScript = (): string =>
  scriptOf(
    drawStage,
    ...[stagePart, stageSize, stageInput, stageFrame, stageSide, stageCell, stageGrid, stageSum],
  )

import { literal } from '../../base/script-text.js'
import { convolution } from '../../explain/convolution.js'
import { filters } from '../../explain/named-filters.js'
import type { Grid } from '../../explain/planes.js'
import { drawConvolutionStep } from '../../viz/convolution.js'
import { el, escapeText } from '../../viz/svg/element.js'
import { shortNumber } from '../../viz/svg/numbers.js'
import { playerCss } from './player-css.js'
import { playerScript } from './player-script.js'
import { stageScript } from './stage-script.js'
import { walkScript } from './walk-script.js'

export interface ConvolutionPlayerData {
  /** `[H, W]` */
  readonly input: Grid
  /** `[R, S]` */
  readonly kernel: Grid
  /** Default 0. */
  readonly bias?: number
  /** Default 1. */
  readonly strides?: number
  /** Default valid. */
  readonly padding?: 'valid' | 'same'
  /** The output cell it begins at. Default: the first, from which it runs by itself when it is first seen. */
  readonly at?: readonly [row: number, column: number]
  /** Of the element; several players of a page need one each. Default `convolution-player`. */
  readonly id?: string
}

/** Parts of a page. The style sheet is the same for all players. */
export interface Player {
  readonly html: string
  readonly script: string
  readonly css: string
}

type Given = Required<ConvolutionPlayerData>

/**
 * A filter that runs over a picture of one channel, can be stopped and moved by hand, and whose numbers can be typed. It draws
 * with the page's `--ink`, `--paper`, `--panel`, `--line`, `--accent` and `--muted`; without scripts one step is seen.
 *
 * @throws ShapeError or OptionError for what `explain.convolution` refuses
 */
export function convolutionPlayer(data: ConvolutionPlayerData): Player {
  const given: Given = {
    bias: 0,
    strides: 1,
    padding: 'valid',
    id: 'convolution-player',
    at: [0, 0],
    ...data,
  }
  const walk = convolution(given)
  const [row, column] = given.at
  const still = drawConvolutionStep(walk, { row, column }).toInlineSvg()
  const stop = walk.step(row, column).number - 1
  return { html: htmlOf(given, still), script: scriptFor(given, stop), css: playerCss }
}

function scriptFor({ id, input, kernel, bias, strides, padding }: Given, stop: number): string {
  const numbers = { input, kernel, bias, strides: [strides, strides], padding }
  const tools = `{ walk: ${walkScript()}, draw: ${stageScript()}, format: ${shortNumber} }`
  return `${playerScript()}(${literal(id)}, ${literal(numbers)}, ${literal(kernelsLike(kernel))}, ${tools}, ${stop})\n`
}

/** Named filters of this filter's size. */
const kernelsLike = (kernel: Grid): Record<string, Grid> =>
  Object.fromEntries(
    Object.entries(filters)
      .map(([name, filter]) => [name, filter.kernel] as const)
      .filter(([, { length, 0: first }]) => length === kernel.length && first.length === kernel[0]!.length),
  )

const htmlOf = (given: Given, still: string): string =>
  el(
    'div',
    { id: given.id, class: 'fovea-player', role: 'group', 'aria-label': 'Convolution, step by step' },
    el(
      'div',
      {
        ...{ class: 'fp-stage', 'data-part': 'stage', tabindex: 0, role: 'group' },
        'aria-label': 'The filter on its way; arrow keys move it',
      },
      still,
    ),
    '<p class="fp-equation" data-part="equation" aria-live="polite"><span data-part="products"></span><strong data-part="sum"></strong></p>',
    controls(given.id),
    el('details', { class: 'fp-own' }, '<summary>Type your own numbers</summary>', fields(given)),
  )

const controls = (id: string): string =>
  el(
    'div',
    { class: 'fp-controls', role: 'group', 'aria-label': 'Steps of the filter' },
    '<button type="button" data-part="play" aria-label="Let the filter run">Play</button>',
    '<button type="button" data-part="back" aria-label="One step back">Back</button>',
    '<button type="button" data-part="on" aria-label="One step on">Next</button>',
    el(
      'span',
      { class: 'fp-step' },
      el('label', { for: `${id}-slider` }, 'Step'),
      el('input', { type: 'range', id: `${id}-slider`, 'data-part': 'slider', min: 1, max: 1, value: 1 }),
      '<span class="fp-count" data-part="count"></span>',
    ),
  )

const fields = ({ id, input, kernel, bias, padding }: Given): string =>
  [
    el(
      'div',
      { class: 'fp-fields' },
      numberGrid('input', 'Input', input),
      numberGrid('kernel', 'Filter', kernel),
      el(
        'div',
        { class: 'fp-choices' },
        filterChoice(id, kernel),
        el('label', { for: `${id}-padding` }, 'Padding'),
        choice(`${id}-padding`, 'padding', ['valid', 'same'], padding),
        el('label', { for: `${id}-bias` }, 'Bias'),
        el('input', { ...number(bias), id: `${id}-bias`, 'data-part': 'bias' }),
      ),
    ),
    '<p class="fp-problem" data-part="problem" role="status"></p>',
  ].join('')

const number = (value: number) => ({ type: 'number', step: 'any', value: String(value) })

const numberGrid = (part: string, title: string, grid: Grid): string =>
  el(
    'fieldset',
    { 'data-part': part },
    el('legend', {}, title),
    el(
      'div',
      { class: 'fp-grid', style: `--columns:${grid[0]!.length}` },
      ...grid.flatMap((line, row) =>
        line.map((value, column) =>
          el('input', { ...number(value), 'aria-label': `${title}, row ${row}, column ${column}` }),
        ),
      ),
    ),
  )

function filterChoice(id: string, kernel: Grid): string {
  const known = kernelsLike(kernel)
  const names = Object.keys(known)
  if (names.length === 0) return ''
  const there = names.find(name => JSON.stringify(known[name]) === JSON.stringify(kernel)) ?? ''
  return (
    el('label', { for: `${id}-filter` }, 'Filter') + choice(`${id}-filter`, 'filter', ['', ...names], there)
  )
}

const choice = (id: string, part: string, values: readonly string[], chosen: string): string =>
  el(
    'select',
    { id, 'data-part': part },
    ...values.map(value =>
      el(
        'option',
        { value, ...(value === chosen && { selected: 'selected' }) },
        escapeText(value || 'your own'),
      ),
    ),
  )

import { type Block, slack } from '../svg/block.js'
import { el, escapeText } from '../svg/element.js'
import { bracketed, equals, shortNumber } from '../svg/numbers.js'
import { labels, textWidth, wrapText } from '../svg/text.js'
import { paint } from '../svg/theme.js'
import { channelName, type StepToDraw } from './walk.js'

/** A sum written out: what is added, and what it comes to. */
export interface Equation {
  /** `red` before a channel's products. */
  readonly name?: string
  readonly terms: readonly string[]
  /** `= -74` */
  readonly result: string
}

/** A line for each channel; of several channels, or with a bias, the sum of them behind. */
export function equationsOf(step: StepToDraw): Equation[] {
  const channels = step.products.length
  const products = step.products.map((_, c) => productsOf(step, c))
  if (channels === 1) return [withBias(products[0]!, step)]
  const named = products.map((equation, c) => ({ ...equation, name: channelName(c, channels) }))
  const sums = step.sums.map((sum, c) => (c === 0 ? shortNumber(sum) : bracketed(sum)))
  const { bias, sum } = step
  const result = `${equals(...step.sums, bias, sum)} ${shortNumber(sum)}`
  return [...named, { name: 'all', terms: [...sums, ...biasTerm(bias)], result }]
}

function productsOf({ products, sums }: StepToDraw, channel: number): Equation {
  const factors = products[channel]!
  const sum = sums[channel]!
  const numbers = factors.flatMap(({ value, weight }) => [value, weight])
  return {
    terms: factors.map(({ value, weight }) => `${shortNumber(weight)}·${bracketed(value)}`),
    result: `${equals(...numbers, sum)} ${shortNumber(sum)}`,
  }
}

function withBias(equation: Equation, { products, bias, sum }: StepToDraw): Equation {
  const numbers = products[0]!.flatMap(({ value, weight }) => [value, weight])
  return {
    terms: [...equation.terms, ...biasTerm(bias)],
    result: `${equals(...numbers, bias, sum)} ${shortNumber(sum)}`,
  }
}

const biasTerm = (bias: number): string[] => (bias === 0 ? [] : [`${bracketed(bias)} (bias)`])

/** The equation as one line of text. */
export const equationText = ({ name, terms, result }: Equation): string =>
  `${name === undefined ? '' : `${name}: `}${terms.join(' + ')} ${result}`

const size = 12
const lineHeight = 1.5

/** The equation in lines of at most `width`, what it comes to in bold. */
export function equationBlock({ name, terms, result }: Equation, width: number): Block {
  const resultWidth = textWidth(` ${result}`, { size, weight: 'bold' })
  const text = `${name === undefined ? '' : `${name}: `}${terms.join(' + ')}`
  const lines = wrapText(text, Math.max(60, width * slack - resultWidth), { size })
  const bottom = size * 0.9 + (lines.length - 1) * size * lineHeight
  return {
    width,
    height: bottom + size * 0.3,
    body:
      labels(0, size * 0.9, lines.slice(0, -1), { size, lineHeight }) +
      lastLine(bottom, lines.at(-1)!, result),
  }
}

/** One text with a bold end, so that no gap depends on how letters were measured. */
const lastLine = (y: number, text: string, result: string): string =>
  el(
    'text',
    { x: 0, y, 'font-size': size, ...paint({ fill: 'ink' }) },
    escapeText(`${text} `),
    el('tspan', { 'font-weight': 700 }, escapeText(result)),
  )

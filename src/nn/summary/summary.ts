import { OptionError } from '../../base/errors.js'
import { unknownName } from '../../base/nearest.js'
import type { Network } from '../network.js'
import { classicSummary } from './classic.js'
import { keras3Summary } from './keras3.js'
import { overviewOf } from './overview.js'

export type SummaryStyle = 'classic' | 'keras3'

export const summaryStyles: readonly SummaryStyle[] = ['classic', 'keras3']

export interface SummaryOptions {
  /** The table of tf.keras 2, as in the tutorial, or that of Keras 3. Default classic. */
  readonly style?: SummaryStyle
  /** Two more columns: multiply-adds and output bytes of one picture. Default false. */
  readonly wide?: boolean
  /** keras3 with `+---+` in place of drawn boxes; classic has no others. Default false. */
  readonly ascii?: boolean
  /** Letters in a line, the extra columns aside. Default 65 (classic) and 88 (keras3); with branches 98 and 108. */
  readonly width?: number
  /** keras3 only: numbers the optimizer holds, counted into the total. Default: not shown. */
  readonly optimizerParams?: number
}

/** A table of all layers with output shapes and counts of parameters. Text without a line break at the end. */
export function summary(network: Network, options: SummaryOptions = {}): string {
  const { style = 'classic', wide = false, ascii = false, width, optimizerParams } = options
  if (!summaryStyles.includes(style)) throw unknownName('summary style', String(style), summaryStyles)
  if (width !== undefined && !Number.isSafeInteger(width))
    throw new OptionError(`summary: width must be an integer, but ${width} came.`, 'For example width: 88.')
  const overview = overviewOf(network)
  return style === 'classic'
    ? classicSummary(overview, wide, width)
    : keras3Summary(overview, { wide, ascii, width, optimizerParams })
}

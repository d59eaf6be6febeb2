import { OptionError } from '../base/errors.js'

type Parse = (text: string) => number

/** A reader for the value of an option: `accept` says which numbers will do, `wanted` says it to people. */
const numberOption =
  (option: string, wanted: string, example: string, accept: (value: number) => boolean): Parse =>
  text => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (accept(value)) return value
    throw new OptionError(
      `${option} should be ${wanted}, but is "${text}".`,
      `For example: ${option} ${example}`,
    )
  }

export const wholeNumber = (option: string, from: number, example: string): Parse =>
  numberOption(
    option,
    `a whole number of at least ${from}`,
    example,
    value => Number.isSafeInteger(value) && value >= from,
  )

export const positiveNumber = (option: string, example: string): Parse =>
  numberOption(option, 'a number above 0', example, value => Number.isFinite(value) && value > 0)

export const anyNumber = (option: string, example: string): Parse =>
  numberOption(option, 'a number', example, Number.isFinite)

/** A number in 0 … 1, 1 excluded. */
export const share = (option: string, example: string): Parse =>
  numberOption(option, 'a number from 0 to below 1', example, value => value >= 0 && value < 1)

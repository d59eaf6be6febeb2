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

export const numberFrom0 = (option: string, example: string): Parse =>
  numberOption(option, 'a number of at least 0', example, value => Number.isFinite(value) && value >= 0)

export const anyNumber = (option: string, example: string): Parse =>
  numberOption(option, 'a number', example, Number.isFinite)

/** A number in 0 … 1, 1 excluded. */
export const share = (option: string, example: string): Parse =>
  numberOption(option, 'a number from 0 to below 1', example, value => value >= 0 && value < 1)

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** A time in seconds, given as `90s`, `3m` or `1.5h`. */
export const duration =
  (option: string, example: string): Parse =>
  text => {
    const [, number = '', unit = ''] = /^([\d.]+)\s*([smh])$/.exec(text.trim()) ?? []
    const seconds = Number(number) * (secondsOf[unit] ?? Number.NaN)
    if (seconds > 0) return seconds
    throw new OptionError(
      `${option} should be a time like 90s, 3m or 1.5h, but is "${text}".`,
      `For example: ${option} ${example}`,
    )
  }

const unitBytes: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }

/** A size in bytes, given as `500KB`, `20MB` or a number of bytes; a unit is 1,024 of the one before. */
export const bytes =
  (option: string, example: string): Parse =>
  text => {
    const [, number = '', unit = ''] = /^([\d.]+)\s*([kmg]?b)?$/i.exec(text.trim()) ?? []
    const size = Math.floor(Number(number) * unitBytes[unit.toLowerCase() || 'b']!)
    if (number !== '' && size > 0) return size
    throw new OptionError(
      `${option} should be a size like 500KB or 20MB, but is "${text}".`,
      `For example: ${option} ${example}`,
    )
  }

/** Names between commas. */
export const names = (text: string): string[] =>
  text
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')

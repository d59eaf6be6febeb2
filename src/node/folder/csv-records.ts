import { type Options, parse } from 'csv-parse/sync'
import { FileError } from '../../base/errors.js'
import { showName } from './show-name.js'

/** The records of a CSV file: cells, none of them all empty. */
export interface CsvRecords {
  readonly cells: readonly (readonly string[])[]
  /** The line of the file on which a record ends, counted from 1. */
  lineOf(record: number): number
}

/** In this order where a file does not tell them apart. */
const delimiters = [',', ';', '\t']

const rules: Options = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  trim: true,
}

/**
 * Reads a CSV file: UTF-8, or UTF-16 as Excel saves it, with or without a byte order mark; commas, semicolons or tabs
 * between the cells.
 *
 * @throws FileError for other bytes, and for quotes that are not closed
 */
export function readCsvRecords(path: string, bytes: Uint8Array): CsvRecords {
  const { text, delimiter } = withoutNote(textOf(path, bytes))
  const options: Options = { ...rules, delimiter: delimiter ?? delimiterOf(text) }
  try {
    return {
      cells: parse(text, options) as string[][],
      // Counted only when a line is to be named: counting all of them takes as long as reading.
      lineOf: record => lineOfRecord(text, options, record),
    }
  } catch (cause) {
    throw new FileError(
      `${showName(path)} cannot be read as CSV: ${cause instanceof Error ? cause.message : cause}.`,
      'A quote inside quotes is written twice: "".',
      { cause },
    )
  }
}

function textOf(path: string, bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FileError(`${showName(path)}: the text is not UTF-8.`, 'Save it as CSV UTF-8.', { cause })
  }
}

/** Excel's note of the delimiter, a first line `sep=;`. Its break stays, so that lines are counted as they are. */
function withoutNote(text: string): { text: string; delimiter: string | null } {
  const [note, delimiter] = /^"?sep=([,;\t])"?(?=\r?\n)/i.exec(text) ?? ['', null]
  return { text: text.slice(note.length), delimiter: delimiter ?? null }
}

/** So many records are looked at to find the delimiter. */
const sample = 20

/** The delimiter that gives the most records two cells or more. */
function delimiterOf(text: string): string {
  const ranked = delimiters.map(delimiter => ({ delimiter, suits: suitedRecords(text, delimiter) }))
  return ranked.reduce((best, other) => (other.suits > best.suits ? other : best)).delimiter
}

function suitedRecords(text: string, delimiter: string): number {
  try {
    const records = parse(text, { ...rules, delimiter, to: sample }) as string[][]
    return records.filter(cells => cells.length > 1).length
  } catch {
    return 0 // said when the whole file is read
  }
}

function lineOfRecord(text: string, options: Options, record: number): number {
  const [found] = parse(text, { ...options, info: true, from: record + 1, to: record + 1 }) as unknown as {
    info: { lines: number }
  }[]
  return found!.info.lines
}

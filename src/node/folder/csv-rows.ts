import { FileError } from '../../base/errors.js'
import { findColumns } from './csv-columns.js'
import { type CsvRecords, readCsvRecords } from './csv-records.js'
import type { PartName } from './listing.js'
import { partOf, partSpellings } from './part-names.js'
import type { PassedOver } from './passed-over.js'
import { showName } from './show-name.js'

/** What a CSV file says of one picture. */
export interface CsvRow {
  readonly file: string
  readonly className: string
  readonly part: PartName | null
  /** The line of the CSV file, counted from 1. */
  line(): number
}

/**
 * The rows of a CSV file, each file once.
 *
 * @throws FileError where there are none, and with the line where one lacks its file or label, names no part, or
 * contradicts another
 */
export function readCsvRows(path: string, bytes: Uint8Array, passedOver: PassedOver): CsvRow[] {
  const records = readCsvRecords(path, bytes)
  const read = rowReader(path, records)
  const rows = new Map<string, CsvRow>()
  for (let record = read.start; record < records.cells.length; record++) {
    const row = read.row(record)
    const earlier = rows.get(row.file)
    if (!earlier) rows.set(row.file, row)
    else if (earlier.className === row.className && earlier.part === row.part)
      passedOver.note('repeated', row.file, () => `line ${row.line()}`)
    else throw contradiction(path, earlier, row)
  }
  if (rows.size === 0)
    throw new FileError(
      `${showName(path)} ${records.cells.length === 0 ? 'is empty' : 'has a header, but no rows'}.`,
      expected,
    )
  return [...rows.values()]
}

const expected = 'A row is file,label or file,label,split; the file is found from the folder of the CSV file.'

function rowReader(path: string, { cells, lineOf }: CsvRecords) {
  const columns = findColumns(path, cells[0] ?? [])
  const problem = (record: number, what: string, advice = expected) =>
    new FileError(`${showName(path)}, line ${lineOf(record)}: ${what}.`, advice)
  const partIn = (record: number, word: string): PartName | null => {
    const part = partOf(word)
    if (part !== null || word === '') return part
    throw problem(
      record,
      `"${showName(word)}" is no part of a data set`,
      `Parts are ${partSpellings.join(', ')}; a cell may be empty.${columns.hasHeader ? '' : ' Where the third column is something else, begin with a line that names the columns.'}`,
    )
  }
  const row = (record: number): CsvRow => {
    const at = (column: number | null) => (column === null ? '' : (cells[record]![column] ?? ''))
    const file = at(columns.file)
    const label = at(columns.label)
    if (file === '') throw problem(record, `there is no file for the label "${showName(label)}"`)
    if (label === '') throw problem(record, `there is no label for "${showName(file)}"`)
    const part = partIn(record, at(columns.part))
    return { file, className: label.normalize('NFC'), part, line: () => lineOf(record) }
  }
  return { start: columns.hasHeader ? 1 : 0, row }
}

function contradiction(path: string, earlier: CsvRow, later: CsvRow): FileError {
  const said = ({ className, part }: CsvRow) => (part === null ? className : `${className} in ${part}`)
  return new FileError(
    `${showName(path)}: "${showName(later.file)}" is ${showName(said(earlier))} in line ${earlier.line()}, but ${showName(said(later))} in line ${later.line()}.`,
    'A picture has one class and belongs to one part: keep one of the rows.',
  )
}

import { statSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import { FileError, OptionError } from '../base/errors.js'
import { writeAtomically } from '../node/atomic-file.js'
import { withFont } from '../node/page-font.js'
import { drawingKinds, type SaveDrawingOptions, saveDrawing } from '../node/save-drawing.js'
import type { Drawing } from '../viz/svg/drawing.js'
import type { CliIo } from './io.js'

/** What a command can write, each made only when it is asked for. */
export interface Output {
  readonly drawing: () => Drawing | Promise<Drawing>
  /** The page for `.html`; default: the drawing with its text. */
  readonly html?: () => string | Promise<string>
  /** Comma-separated values with a line of titles. */
  readonly csv?: () => string
  /** Plain data. */
  readonly json?: () => unknown
}

/** Refuses a file name whose ending nobody can write, and a folder that is not there, before any work is done. */
export function checkOutput(path: string, output: { readonly csv?: unknown; readonly json?: unknown }): void {
  const kinds = [...drawingKinds, ...(output.csv ? ['.csv'] : []), ...(output.json ? ['.json'] : [])]
  if (!kinds.includes(extname(path).toLowerCase()))
    throw new OptionError(
      `-o ${path}: it is not clear from the name what should be written.`,
      `Give a name that ends in ${kinds.join(', ')}.`,
    )
  checkFolder(path)
}

/** Refuses a file where none can be: without its folder, or in the place of one. */
export function checkFolder(path: string): void {
  const folder = dirname(path)
  if (!isFolder(folder))
    throw new FileError(`-o ${path}: there is no folder ${folder}.`, 'Make it first, or choose another.')
  if (isFolder(path)) throw new FileError(`-o ${path}: this is a folder.`, 'Name a file in it.')
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Writes what the name's ending asks for, and says so. */
export async function writeOutput(
  io: CliIo,
  path: string,
  output: Output,
  options: SaveDrawingOptions = {},
): Promise<void> {
  checkOutput(path, output)
  const kind = extname(path).toLowerCase()
  if (kind === '.csv') await writeAtomically(path, output.csv!())
  else if (kind === '.json') await writeAtomically(path, `${JSON.stringify(output.json!(), null, 2)}\n`)
  else if (kind === '.html' && output.html) await writeAtomically(path, withFont(await output.html()))
  else await saveDrawing(await output.drawing(), path, options)
  io.out(`Wrote ${path}`)
}

/** A cell of a CSV file (RFC 4180): in quotes where it has to be. */
const csvCell = (value: string | number): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A row of a CSV file, without the end of its line. */
export const csvRow = (cells: readonly (string | number)[]): string => cells.map(csvCell).join(',')

/** Rows as CSV, the titles first. */
export const csvOf = (titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [titles, ...rows].map(row => `${csvRow(row)}\n`).join('')

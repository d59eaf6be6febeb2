import { dirname, isAbsolute } from 'node:path'
import { fileError } from '../file-errors.js'
import { type CsvRow, readCsvRows } from './csv-rows.js'
import { below, type FolderAccess } from './folder-access.js'
import type { Listing } from './listing.js'
import { makeListing } from './make-listing.js'
import { comparePaths, inOrder } from './natural-order.js'
import { noPictures } from './no-pictures.js'
import { countOf, PassedOver } from './passed-over.js'
import { isHeic } from './picture-names.js'
import { type Presence, presenceOf } from './present-files.js'
import { showName } from './show-name.js'

/** A row and the path its file can be opened by. */
interface Located {
  readonly row: CsvRow
  readonly path: string
}

/** Lists the pictures that a CSV file names, with the classes it gives them. */
export async function listCsv(place: string, access: FolderAccess): Promise<Listing> {
  const bytes = await access.read(place).catch(cause => {
    throw fileError(showName(place), 'read', cause)
  })
  const passedOver = new PassedOver('')
  const rows = readCsvRows(place, bytes, passedOver)
  const located = await locate(dirname(place), rows, access, passedOver)
  if (located.length === 0)
    throw noPictures(`by the ${countOf(rows.length, 'row')} of ${showName(place)}`, passedOver, [
      searched(place, rows[0]!),
    ])
  const pictures = inOrder(located, ({ path }) => path.replaceAll('\\', '/'), comparePaths).map(
    ({ row, path }) => ({
      path,
      className: row.className,
      part: row.part,
    }),
  )
  return makeListing({ place, layout: 'csv', pictures, passedOver })
}

const searched = (place: string, { file }: CsvRow): string =>
  `Files are found from the folder of the CSV file: the first was looked for at ${showName(pathOf(dirname(place), file))}.`

const pathOf = (folder: string, file: string): string => (isAbsolute(file) ? file : below(folder, file))

/** The rows whose files are there; the others are noted. */
async function locate(
  folder: string,
  rows: readonly CsvRow[],
  access: FolderAccess,
  passedOver: PassedOver,
): Promise<Located[]> {
  const paths = rows.map(({ file }) => pathOf(folder, file))
  const presence = await presenceOf(paths, access)
  await tryOtherSlashes(paths, presence, access)
  return rows.flatMap((row, i) => {
    const path = paths[i]!
    const reason = presence[i] === 'file' && isHeic(path) ? 'heic' : presence[i]!
    if (reason === 'file') return [{ row, path }]
    passedOver.note(reason, row.file, () => `line ${row.line()}`)
    return []
  })
}

/** Files written on Windows say `cat\1.jpg`, which elsewhere is a name without a folder. Puts right what is found so. */
async function tryOtherSlashes(paths: string[], presence: Presence[], access: FolderAccess): Promise<void> {
  const missing = paths.flatMap((path, i) => (presence[i] === 'missing' && path.includes('\\') ? [i] : []))
  const others = missing.map(i => paths[i]!.replaceAll('\\', '/'))
  const found = await presenceOf(others, access)
  for (const [n, i] of missing.entries())
    if (found[n] !== 'missing') {
      paths[i] = others[n]!
      presence[i] = found[n]!
    }
}

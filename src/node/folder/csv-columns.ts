import { FileError } from '../../base/errors.js'
import { plain } from '../../base/nearest.js'
import { isPicture } from './picture-names.js'
import { showName } from './show-name.js'

/** Where in a record the cells stand. */
export interface CsvColumns {
  readonly file: number
  readonly label: number
  /** Null where there is none. */
  readonly part: number | null
  readonly hasHeader: boolean
}

const words = {
  file: 'file files filename filenames filepath path paths image images imagename imagepath imagefile img picture photo',
  label: 'label labels class classes classname classlabel category target',
  part: 'part split set subset partition',
} as const

type Meaning = keyof typeof words

const meanings = new Map<string, Meaning>(
  (Object.keys(words) as Meaning[]).flatMap(meaning =>
    words[meaning].split(' ').map(word => [word, meaning]),
  ),
)

const withoutHeader = ([one = '', two = '']: readonly string[]) =>
  isPicture(two) && !isPicture(one) ? { file: 1, label: 0 } : { file: 0, label: 1 }

/**
 * The columns of a CSV file by its first record. That is a header where one of its names is known and none is that of a
 * picture; of two columns one may have any name. Without a header they are file, label, part; or label, file, part where only the
 * second cell is the name of a picture.
 *
 * @throws FileError for a header that does not say which column holds the files, or the labels
 */
export function findColumns(path: string, first: readonly string[]): CsvColumns {
  const found = first.map(cell => meanings.get(plain(cell)))
  if (first.some(isPicture) || !found.some(meaning => meaning === 'file' || meaning === 'label'))
    return { ...withoutHeader(first), part: first.length > 2 ? 2 : null, hasHeader: false }
  const part = found.indexOf('part')
  const unknown = first.map((_, column) => column).filter(column => found[column] === undefined)
  const column = (meaning: Meaning): number => {
    const named = found.indexOf(meaning)
    if (named >= 0) return named
    if (unknown.length === 1) return unknown[0]!
    throw new FileError(
      `${showName(path)}: its header (${first.map(showName).join(', ')}) names no column for the ${meaning}.`,
      `Call the columns file and label, and a third one, if there is one, split.`,
    )
  }
  return { file: column('file'), label: column('label'), part: part < 0 ? null : part, hasHeader: true }
}

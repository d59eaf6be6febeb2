import type { Mistakes } from '../explain/mistakes.js'
import { showName } from '../node/folder/show-name.js'
import { formatTable } from './table.js'

/**
 * The pictures with the highest loss. They count from 1, as for `--picture` of `fovea explain focus`.
 *
 * @param files the file of each picture, where each is one
 */
export const formatWorst = (
  { worst, classNames }: Pick<Mistakes, 'worst' | 'classNames'>,
  files?: readonly string[],
): string =>
  formatTable(
    ['highest loss', 'picture', 'shows', 'taken for', ...(files ? ['file'] : [])],
    worst.map(({ row, label, predicted, loss }) => [
      loss.toFixed(3),
      String(row + 1),
      showName(classNames[label]!),
      showName(classNames[predicted]!),
      ...(files ? [showName(files[row]!)] : []),
    ]),
    ['right', 'right', 'left', 'left', 'left'],
  )

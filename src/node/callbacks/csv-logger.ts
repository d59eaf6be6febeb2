import { appendFile, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FileError, OptionError } from '../../base/errors.js'
import type { Callback } from '../../train/callbacks/callback.js'
import type { EpochEvent } from '../../train/events.js'
import { writeAtomically } from '../atomic-file.js'
import { fileError, hasCode } from '../file-errors.js'
import { makeFolder } from '../make-folder.js'

/**
 * Writes a line an epoch (from 1) to a CSV file: every log, and the seconds it took. A new training begins a new file; a
 * resumed one goes on with the file there is, without the epochs that it trains again.
 */
export function csvLogger(path: string): Callback {
  if (typeof path !== 'string' || path === '')
    throw new OptionError(
      `csvLogger: path must be a file's path, but ${JSON.stringify(path)} came.`,
      'For example "curves.csv".',
    )
  let columns: readonly string[] = []
  return {
    name: 'csvLogger',
    check({ logs }) {
      columns = ['epoch', ...logs, 'seconds']
    },
    async onTrainBegin({ initialEpoch }) {
      await makeFolder(dirname(path)).catch(error => {
        throw fileError(path, 'written', error)
      })
      const kept = initialEpoch > 0 ? await rowsBefore(initialEpoch, path, columns) : []
      await writeAtomically(path, [columns.join(','), ...kept, ''].join('\n'))
    },
    async onEpochEnd(event) {
      await appendFile(path, `${rowOf(event, columns)}\n`).catch(error => {
        throw fileError(path, 'written', error)
      })
    },
  }
}

const rowOf = ({ epoch, logs, seconds }: EpochEvent, columns: readonly string[]): string => {
  const values: Readonly<Record<string, number>> = { ...logs, epoch: epoch + 1, seconds }
  return columns.map(column => values[column] ?? '').join(',')
}

/** The rows of epochs that are done; a last one that was torn is left out. */
async function rowsBefore(epoch: number, path: string, columns: readonly string[]): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(error => {
    if (hasCode(error, 'ENOENT')) return ''
    throw fileError(path, 'read', error)
  })
  if (text === '') return []
  const [header = '', ...rows] = text.split(/\r?\n/).slice(0, -1)
  if (header !== columns.join(','))
    throw new FileError(
      `${path}: its columns are ${header || '(none)'}, but this training has ${columns.join(',')}.`,
      'Move the file away, or name another one.',
    )
  return rows.filter(row => row.split(',').length === columns.length && Number(row.split(',')[0]) <= epoch)
}

import { basename, isAbsolute, relative } from 'node:path'
import { formatBytes } from '../base/format.js'
import type { Terminal } from '../base/platform.js'
import type { Dataset } from '../data/dataset.js'
import type { DownloadProgress } from '../node/fetch-part.js'
import { folderDataset } from '../node/folder-data/folder-dataset.js'
import { loadDataset } from '../node/load-dataset.js'
import type { CliIo } from './io.js'
import type { DataSource } from './source/data-source.js'
import { loadFolder } from './source/load-folder.js'

export interface LoadRequest {
  /** The folder of runs, where decoded pictures of a folder are kept. Default: `runs`. */
  readonly runs?: string
  readonly signal?: AbortSignal
  /** Whether a download may be drawn on the terminal. Default true. */
  readonly draw?: boolean
}

/** The pictures of a data set or of a folder. What takes long is shown, and what is unusual about the files is said. */
export async function loadData(
  { dataset: name, data, folder }: DataSource,
  io: CliIo,
  { runs, signal, draw = true }: LoadRequest = {},
): Promise<Dataset> {
  const terminal = draw ? io.terminal : null
  const dataset =
    folder && data !== null
      ? folderDataset(
          await loadFolder(shortPath(data), folder, io, { terminal, runs, signal }),
          folder.shares,
        )
      : await loadNamed(name, data, io, terminal, signal)
  for (const notice of dataset.notices) io.err(notice)
  return dataset
}

/** As a person would write it: relative to where they are, where it lies below that. */
function shortPath(path: string): string {
  const short = relative('.', path)
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short
}

function loadNamed(
  name: string,
  data: string | null,
  io: CliIo,
  terminal: Terminal | null,
  signal: AbortSignal | undefined,
): Promise<Dataset> {
  const show = showDownload(io, terminal)
  return loadDataset(name, {
    ...(data !== null && { data }),
    ...(signal && { signal }),
    onProgress: show.progress,
  }).finally(show.end)
}

/** On a terminal one line that is drawn over; elsewhere one line when it begins. */
function showDownload(io: CliIo, terminal: Terminal | null) {
  let shown = ''
  const progress = ({ url, received, total }: DownloadProgress): void => {
    const name = basename(new URL(url).pathname)
    if (!terminal && shown !== name) io.err(`Fetching ${url}`)
    if (terminal) terminal.write(`\rFetching ${name}  ${formatProgress(received, total)}\u001b[K`)
    shown = name
  }
  const end = (): void => {
    if (terminal && shown !== '') terminal.write('\n')
  }
  return { progress, end }
}

const formatProgress = (received: number, total: number | null): string =>
  total === null
    ? formatBytes(received)
    : `${Math.floor((100 * received) / total)} % of ${formatBytes(total)}`

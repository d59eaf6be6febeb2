import { basename } from 'node:path'
import { formatBytes } from '../base/format.js'
import type { Terminal } from '../base/platform.js'
import type { Dataset } from '../data/dataset.js'
import type { DownloadProgress } from '../node/fetch-part.js'
import { loadDataset } from '../node/load-dataset.js'
import type { CliIo } from './io.js'

export interface LoadRequest {
  /** A folder or an archive; null: the cache. */
  readonly data?: string | null
  readonly signal?: AbortSignal
  /** Whether a download may be drawn on the terminal. Default true. */
  readonly draw?: boolean
}

/** A data set by its name. Downloads are shown, and what is unusual about the files is said. */
export async function loadData(name: string, io: CliIo, request: LoadRequest = {}): Promise<Dataset> {
  const { data = null, signal, draw = true } = request
  const show = showDownload(io, draw ? io.terminal : null)
  const dataset = await loadDataset(name, {
    ...(data !== null && { data }),
    ...(signal && { signal }),
    onProgress: show.progress,
  }).finally(show.end)
  for (const notice of dataset.notices) io.err(notice)
  return dataset
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

import { formatCount } from '../../base/format.js'
import type { Terminal } from '../../base/platform.js'
import { type PictureFolder, readFolder } from '../../node/folder-data/read-folder.js'
import type { StoreProgress } from '../../node/picture-store/bring-in.js'
import type { PictureFormat } from '../../node/picture-store/picture-format.js'
import type { CliIo } from '../io.js'

export interface LoadFolderRequest {
  /** Where progress is drawn; null: it is told in lines. */
  readonly terminal: Terminal | null
  readonly runs?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Reads the pictures of a folder, showing how far it is. */
export async function loadFolder(
  place: string,
  format: PictureFormat,
  io: CliIo,
  { terminal, runs, signal }: LoadFolderRequest,
): Promise<PictureFolder> {
  const show = showReading(io, terminal)
  try {
    return await readFolder(place, format, {
      onProgress: show.progress,
      onWait: () => io.err('Another process is reading the same pictures: waiting for it.'),
      signal,
      ...(runs !== undefined && { runs }),
    })
  } finally {
    show.end()
  }
}

/** A line that is drawn over, on a terminal; elsewhere a line for each quarter of a long reading. */
function showReading(io: CliIo, terminal: Terminal | null) {
  let quarter = 0
  const progress = ({ done, total }: StoreProgress): void => {
    const text = `Reading pictures: ${formatCount(done)} of ${formatCount(total)}`
    if (terminal) {
      terminal.write(`\r${text}\u001b[K`)
      return
    }
    const reached = Math.floor((4 * done) / total)
    if (total >= worthTelling && reached > quarter) io.err(text)
    quarter = reached
  }
  const end = () => terminal?.write('\r\u001b[K')
  return { progress, end }
}

/** So many pictures take long enough to be told about. */
const worthTelling = 2000

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError } from '../base/errors.js'
import type { FileSource } from '../data/dataset.js'
import { cacheFolder } from './cache-folder.js'
import { download } from './download.js'
import type { DownloadProgress } from './fetch-part.js'
import { fileError } from './file-errors.js'
import { kindOfPath, md5OfFile, sizeOfFile } from './file-facts.js'
import { folderSource } from './file-sources.js'
import { makeFolder } from './make-folder.js'
import type { Publication, PublishedFile } from './publications.js'
import { tarGzSource } from './tar-gz.js'

export interface SourceOptions {
  /** A folder, one above it, or a `.tar.gz`; default: the cache, else a download. */
  readonly data?: string
  /** Default: {@link cacheFolder}. */
  readonly cache?: string
  readonly onProgress?: (progress: DownloadProgress) => void
  readonly signal?: AbortSignal
}

/** The files of a publication: those given, else those in the cache, where what is missing is fetched first. */
export const findSource = (publication: Publication, options: SourceOptions): Promise<FileSource> =>
  options.data === undefined ? cachedSource(publication, options) : givenSource(publication, options.data)

async function givenSource(publication: Publication, data: string): Promise<FileSource> {
  const kind = await kindOfPath(data)
  if (kind === 'nothing')
    throw new FileError(
      `${data}: there is no such file or folder.`,
      `Give the folder with ${publication.contents[0]}, or ${publication.files[0]!.name}.`,
    )
  return kind === 'file' ? givenArchive(publication, data) : givenFolder(publication, data)
}

async function givenFolder(publication: Publication, data: string): Promise<FileSource> {
  const below = join(data, publication.folder)
  for (const folder of [data, below])
    if (await holdsAny(folder, publication.contents)) return folderSource(folder)
  for (const { name } of archives(publication)) {
    const path = join(data, name)
    if ((await kindOfPath(path)) === 'file') return givenArchive(publication, path)
  }
  // None of the files is there: the reader says which one it looked for.
  return folderSource(data)
}

const archives = ({ files }: Publication): PublishedFile[] =>
  files.filter(({ name }) => name.endsWith('.tar.gz'))

async function holdsAny(folder: string, names: readonly string[]): Promise<boolean> {
  const present = new Set(await readdir(folder).catch(() => []))
  return names.some(name => present.has(name) || present.has(`${name}.gz`))
}

/** An archive of the official length must be the official one; another may be somebody's own selection. */
async function givenArchive(publication: Publication, path: string): Promise<FileSource> {
  const size = await sizeOfFile(path)
  const official = archives(publication).find(file => file.size === size)
  if (official && (await md5OfFile(path)) !== official.md5)
    throw new FileError(
      `${path}: it has the length of ${official.name}, but not its md5 ${official.md5}.`,
      `The file is damaged: fetch it again from ${official.url}.`,
    )
  return tarGzSource(path)
}

async function cachedSource(publication: Publication, options: SourceOptions): Promise<FileSource> {
  const folder = join(options.cache ?? cacheFolder(), publication.folder)
  for (const file of publication.files) {
    const path = join(folder, file.name)
    if ((await kindOfPath(path)) === 'nothing') await fetchTo(folder, file, options)
  }
  const [archive] = archives(publication)
  return archive ? tarGzSource(join(folder, archive.name)) : folderSource(folder)
}

/** Whether all files of a publication are in the cache. */
export async function isCached({ folder, files }: Publication, cache = cacheFolder()): Promise<boolean> {
  const kinds = await Promise.all(files.map(({ name }) => kindOfPath(join(cache, folder, name))))
  return kinds.every(kind => kind === 'file')
}

async function fetchTo(
  folder: string,
  { name, url, ...facts }: PublishedFile,
  options: SourceOptions,
): Promise<void> {
  await makeFolder(folder).catch(cause => {
    throw fileError(folder, 'written', cause, 'FOVEA_CACHE names the folder for downloads.')
  })
  const { onProgress, signal } = options
  await download(url, join(folder, name), {
    ...facts,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  })
}

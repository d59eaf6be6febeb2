import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { formatBytes } from '../../base/format.js'
import type { Tensor } from '../../base/tensor.js'
import { fitPicture } from '../../data/fit-picture.js'
import { fileError } from '../file-errors.js'
import { showName } from '../folder/show-name.js'
import { expectPixels, readHeader } from '../pictures/decode.js'
import { decodeInTurn } from '../pictures/decode-in-turn.js'
import { PictureError } from '../pictures/picture-error.js'
import type { FaultyFile, FileVersion } from './entry.js'
import type { PictureFormat } from './picture-format.js'

/** A file read and decoded, on its way into the store. */
export interface ReadPicture {
  readonly hash: string
  readonly height: number
  readonly width: number
  readonly picture: Tensor<Uint8Array>
}

/** No picture of so many bytes has few enough pixels. */
const mostBytes = 2 ** 29

/** @throws PictureError, FileError */
export async function readPictureFile(
  { path, size }: FileVersion,
  format: PictureFormat,
): Promise<ReadPicture> {
  const name = showName(path)
  if (size > mostBytes)
    throw new PictureError('tooLarge', `${name}: ${formatBytes(size)} are too many for a picture.`)
  const bytes = await readFile(path).catch(error => {
    throw fileError(name, 'read', error)
  })
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  expectPixels(bytes, name)
  const header = await readHeader(bytes, name)
  const picture = await decodeInTurn({ bytes, name, header }, format.channels, whole =>
    fitPicture(whole, format.height, format.width, format.fit),
  )
  return { hash, height: header.height, width: header.width, picture }
}

/** What is kept of a file that could not be read. */
export const faultOf = (version: FileVersion, error: Error): FaultyFile => ({
  ...version,
  fault: error instanceof PictureError ? error.fault : 'unreadable',
  problem: 'problem' in error ? String(error.problem) : error.message,
})

import { isRecord } from '../../base/record.js'
import type { PictureFault } from '../pictures/picture-error.js'

/** What tells one version of a file from the next. */
export interface FileVersion {
  /** Absolute. */
  readonly path: string
  /** Bytes */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
}

/** A picture that lies in the store. */
export interface StoredPicture extends FileVersion {
  /** SHA-256 of the file's content, the first half, in hexadecimal digits. */
  readonly hash: string
  /** Of the picture in the file, upright. */
  readonly height: number
  readonly width: number
  /** Place in the file of bytes. */
  readonly row: number
}

/** A file that is no use, and why. */
export interface FaultyFile extends FileVersion {
  readonly fault: PictureFault | 'unreadable'
  /** A sentence for a person, with the file's name. */
  readonly problem: string
}

export type Entry = StoredPicture | FaultyFile

export const isStored = (entry: Entry): entry is StoredPicture => 'row' in entry

/** A line of the index; null for what is none, as the last one is after a power cut. */
export function readEntry(line: string): Entry | null {
  try {
    const value: unknown = JSON.parse(line)
    if (!isRecord(value) || typeof value.path !== 'string') return null
    return Number.isSafeInteger(value.row) || typeof value.fault === 'string'
      ? (value as unknown as Entry)
      : null
  } catch {
    return null
  }
}

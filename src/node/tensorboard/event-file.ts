import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError } from '../file-errors.js'
import { makeFolder } from '../make-folder.js'
import { maskedCrc32c } from './crc32c.js'
import { versionEvent } from './event.js'
import { joined } from './protobuf.js'

let files = 0

/** A file that TensorBoard follows while it grows. */
export class EventFile {
  private constructor(readonly path: string) {}

  /** Makes the file, and its folder. @param time seconds since 1970: files of one folder are read in their order */
  static async create(folder: string, time: number): Promise<EventFile> {
    const seconds = String(Math.floor(time)).padStart(10, '0')
    const path = join(folder, `events.out.tfevents.${seconds}.fovea.${process.pid}.${files++}`)
    await makeFolder(folder).catch(error => {
      throw fileError(path, 'written', error)
    })
    const file = new EventFile(path)
    await file.append([versionEvent(time)])
    return file
  }

  async append(events: readonly Uint8Array[]): Promise<void> {
    await appendFile(this.path, joined(events.map(record))).catch(error => {
      throw fileError(this.path, 'written', error)
    })
  }
}

/** TFRecord: length (64 bits), its checksum, the data, their checksum; all little-endian. */
export function record(data: Uint8Array): Uint8Array {
  const head = new Uint8Array(12)
  const view = new DataView(head.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, maskedCrc32c(head.subarray(0, 8)), true)
  const foot = new Uint8Array(4)
  new DataView(foot.buffer).setUint32(0, maskedCrc32c(data), true)
  return joined([head, data, foot])
}

import { readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError } from '../base/errors.js'
import { noticeOnce } from '../base/notices.js'
import { Tensor } from '../base/tensor.js'
import { refuseFile } from '../io/refuse.js'
import { decodeSafetensors } from '../io/safetensors/decode.js'
import { encodeSafetensors } from '../io/safetensors/encode.js'
import { ValidationRows } from '../train/validation-rows.js'
import { temporarySuffix, writeAtomically } from './atomic-file.js'
import { fileError } from './file-errors.js'
import { makeFolder } from './make-folder.js'
import { entriesOf } from './run-paths.js'

const fileName = /^epoch-(\d+)\.safetensors$/

/** The folder in a run with one file an epoch, numbered from 1: `loss` and `predicted` of every validation row. */
export class ValidationFiles {
  constructor(readonly path: string) {}

  /** @param epoch from 0 */
  async write(epoch: number, { loss, predicted }: ValidationRows): Promise<void> {
    await makeFolder(this.path).catch(error => {
      throw fileError(this.path, 'written', error)
    })
    const tensors = new Map<string, Tensor>([
      ['loss', new Tensor(loss, [loss.length])],
      ['predicted', new Tensor(predicted, [predicted.length])],
    ])
    const name = `epoch-${String(epoch + 1).padStart(4, '0')}.safetensors`
    await writeAtomically(join(this.path, name), encodeSafetensors(tensors, {}))
  }

  /** All there are, by epoch from 0. A damaged file is left out, and that is said: curves can be drawn without it. */
  async read(): Promise<Map<number, ValidationRows>> {
    const found = new Map<number, ValidationRows>()
    for (const { epoch, path } of await this.files()) {
      const rows = await readRows(path).catch(leaveOut)
      if (rows) found.set(epoch, rows)
    }
    return found
  }

  /** Removes the files of all epochs from `epoch` on (0: all), and what was left half-written. */
  async removeFrom(epoch: number): Promise<void> {
    const later = (await this.files()).filter(file => file.epoch >= epoch).map(file => file.path)
    const unfinished = ((await entriesOf(this.path)) ?? [])
      .filter(name => name.endsWith(temporarySuffix))
      .map(name => join(this.path, name))
    for (const path of [...later, ...unfinished]) await rm(path, { force: true })
  }

  /** Removes the folder, unless there are files of others in it. */
  async remove(): Promise<void> {
    await this.removeFrom(0)
    await rmdir(this.path).catch(() => undefined)
  }

  /** In the order of epochs. */
  private async files(): Promise<{ readonly epoch: number; readonly path: string }[]> {
    const numbers = ((await entriesOf(this.path)) ?? []).map(name => ({
      name,
      number: fileName.exec(name)?.[1],
    }))
    return numbers
      .filter(({ number }) => number !== undefined)
      .map(({ name, number }) => ({ epoch: Number(number) - 1, path: join(this.path, name) }))
      .sort((a, b) => a.epoch - b.epoch)
  }
}

function leaveOut(error: unknown): null {
  if (!(error instanceof FileError)) throw error
  noticeOnce(error.problem, `${error.problem} It is left out.`)
  return null
}

async function readRows(path: string): Promise<ValidationRows> {
  const bytes = await readFile(path).catch(error => {
    throw fileError(path, 'read', error)
  })
  const { tensors } = decodeSafetensors(bytes, path)
  const loss = tensors.get('loss')?.data
  const predicted = tensors.get('predicted')?.data
  const refuse = refuseFile(path)
  if (!(loss instanceof Float32Array)) return refuse('it should hold "loss" as F32')
  if (!(predicted instanceof Uint8Array || predicted instanceof Int32Array))
    return refuse('it should hold "predicted" as U8 or I32')
  if (loss.length === predicted.length) return new ValidationRows(loss, predicted)
  return refuse(`"loss" has ${loss.length} rows, but "predicted" has ${predicted.length}`)
}

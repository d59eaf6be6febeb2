import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { OptionError } from '../base/errors.js'
import { Classifier } from '../classify/classifier.js'
import { decodeModel, type ModelFile } from '../io/model-file.js'
import { fileError } from './file-errors.js'
import { modelPath, readModelFile } from './model-files.js'
import { decodePicture } from './pictures/decode.js'

/** A file: its path, its `file:` address, or its bytes. */
type FileSource = string | URL | Uint8Array | ArrayBuffer | Blob

/** A picture file: its path, its `file:` address, or its bytes. */
export type PictureSource = FileSource

/**
 * A classifier from one file that `fovea train` wrote, or from a run folder:
 *
 *     const classifier = await loadClassifier('best.safetensors')
 *     const { answers, sure } = await classifier.predict('cat.jpg')
 *
 * @param source path of the file or the run folder, the file's `file:` address, or its bytes
 * @throws FileError for what is missing or no model, OptionError for a model that is no classifier of pictures and for a source
 * of another kind
 */
export async function loadClassifier(source: FileSource): Promise<Classifier<PictureSource>> {
  const { name, file } = await modelFrom(placeOf(source, 'loadClassifier', 'a model file'))
  return new Classifier<PictureSource>(file, name, async (picture, channels) => {
    const place = placeOf(picture, 'predict', 'a picture')
    return typeof place === 'string'
      ? decodePicture(await readPicture(place), place, channels)
      : decodePicture(await place.bytes(), 'the picture', channels)
  })
}

interface Bytes {
  bytes(): Promise<Uint8Array>
}

/** A path, or what gives the bytes. */
function placeOf(source: FileSource, who: string, what: string): string | Bytes {
  if (typeof source === 'string') return source.startsWith('file:') ? pathOf(new URL(source), who) : source
  if (source instanceof URL) return pathOf(source, who)
  if (source instanceof Uint8Array) return { bytes: async () => source }
  if (source instanceof ArrayBuffer) return { bytes: async () => new Uint8Array(source) }
  if (source instanceof Blob) return { bytes: async () => new Uint8Array(await source.arrayBuffer()) }
  throw new OptionError(
    `${who}: the path or the bytes of ${what} were expected, but ${nameOfKind(source)} came.`,
    'Give a path, a file: URL, a Uint8Array, an ArrayBuffer or a Blob.',
  )
}

function pathOf(address: URL, who: string): string {
  if (address.protocol === 'file:') return fileURLToPath(address)
  throw new OptionError(
    `${who}: ${address.href} is no address of a file on this machine.`,
    'Fetch it and give its bytes: new Uint8Array(await (await fetch(address)).arrayBuffer())',
  )
}

const nameOfKind = (value: unknown): string =>
  Array.isArray(value) ? 'an array' : value !== null && typeof value === 'object' ? 'an object' : `${value}`

async function modelFrom(place: string | Bytes): Promise<{ name: string; file: ModelFile }> {
  if (typeof place !== 'string')
    return { name: 'the model', file: decodeModel(await place.bytes(), 'the model') }
  const name = await modelPath(place)
  return { name, file: await readModelFile(name) }
}

const readPicture = (path: string): Promise<Uint8Array> =>
  readFile(path).catch(error => {
    throw fileError(path, 'read', error)
  })

import { Classifier } from '../classify/classifier.js'
import { decodeModel } from '../io/model-file.js'
import { fetchBlob } from './fetch-blob.js'
import { type BrowserPicture, decodeBrowserPicture } from './picture.js'

/** A model file: its address, the file, or its bytes. */
export type ModelSource = string | URL | Blob | ArrayBuffer | Uint8Array

/**
 * A classifier from one file that `fovea train` wrote:
 *
 *     const classifier = await loadClassifier('/models/best.safetensors')
 *     const { answers, sure } = await classifier.predict(document.querySelector('img'))
 *
 * @throws FileError for what cannot be fetched or is no model, OptionError for a model that is no classifier of pictures
 */
export async function loadClassifier(source: ModelSource): Promise<Classifier<BrowserPicture>> {
  const name = nameOf(source)
  const file = decodeModel(await bytesOf(source), name)
  return new Classifier<BrowserPicture>(file, name, decodeBrowserPicture)
}

function nameOf(source: ModelSource): string {
  if (typeof source === 'string' || source instanceof URL) return String(source)
  return source instanceof Blob && 'name' in source ? String(source.name) : 'the model'
}

async function bytesOf(source: ModelSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  const blob = source instanceof Blob ? source : await fetchBlob(String(source))
  return new Uint8Array(await blob.arrayBuffer())
}

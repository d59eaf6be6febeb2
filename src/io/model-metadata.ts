import { FileError, FoveaError } from '../base/errors.js'
import { type PictureFit, pictureFits } from '../base/picture-fit.js'
import { isRecord } from '../base/record.js'
import type { Scaling } from '../base/tensor.js'
import { Network } from '../nn/network.js'
import type { Refuse } from './refuse.js'

/** A file of another program, and one of a newer Fovea, are not damaged: each gets its own advice. */
export function readVersion(metadata: Readonly<Record<string, string>>, place: string, newest: number): void {
  if (metadata.format !== 'fovea')
    throw new FileError(
      `${place}: a safetensors file, but not a model of Fovea (it does not say which network the weights belong to).`,
      'Give a file that saveModel or "fovea train" wrote.',
    )
  const version = Number(metadata.version)
  if (!(version >= 1 && version <= newest))
    throw new FileError(
      `${place}: written in format ${metadata.version}, but this Fovea reads formats 1 to ${newest}.`,
      'Use the newest Fovea: npm install fovea@latest.',
    )
}

/** The network, rebuilt from its configuration. */
export function readNetwork(text: string | undefined, place: string, refuse: Refuse): Network {
  const config = readJson('network', text, refuse)
  try {
    return Network.fromConfig(config)
  } catch (error) {
    if (error instanceof FoveaError)
      throw new FileError(`${place}: ${error.message}`, undefined, { cause: error })
    throw error
  }
}

export function readScaling(text: string | undefined, refuse: Refuse): Scaling | undefined {
  const value = readRecord('preprocessing', text, refuse)
  if (value === undefined) return undefined
  const { scale, offset } = value
  if (!Number.isFinite(scale) || !Number.isFinite(offset))
    return refuse(`"preprocessing" should hold a scale and an offset, but is ${text}`)
  return { scale: Number(scale), offset: Number(offset) }
}

export function readFit(text: string | undefined, refuse: Refuse): PictureFit | undefined {
  const value = readJson('pictureFit', text, refuse)
  if (value === undefined) return undefined
  return (
    pictureFits.find(fit => fit === value) ??
    refuse(`"pictureFit" should be ${pictureFits.join(', ')}, but is ${text}`)
  )
}

export function readTexts(key: string, text: string | undefined, refuse: Refuse): string[] | undefined {
  const value = readJson(key, text, refuse)
  if (value === undefined) return undefined
  const texts = Array.isArray(value) && value.every(item => typeof item === 'string')
  return texts ? value : refuse(`"${key}" should be a list of texts, but is ${text}`)
}

export function readRecord(
  key: string,
  text: string | undefined,
  refuse: Refuse,
): Readonly<Record<string, unknown>> | undefined {
  const value = readJson(key, text, refuse)
  if (value === undefined) return undefined
  return isRecord(value) ? value : refuse(`"${key}" should be an object, but is ${text}`)
}

function readJson(key: string, text: string | undefined, refuse: Refuse): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return refuse(`"${key}" in the metadata is not JSON`)
  }
}

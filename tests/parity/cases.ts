import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Tensor } from '../../src/base/tensor.js'
import type { PoolKind } from '../../src/engine/ops/attributes.js'
import type { Padding } from '../../src/engine/ops/window.js'
import { decodeSafetensors } from '../../src/io/safetensors/decode.js'

/** One calculation done by PyTorch in float64 and stored as float32, in our layouts. */
export interface ParityCase {
  /** The file's name without its ending: `conv2d-9x11x5-7-k3x3-s2x2-same`. */
  readonly name: string
  readonly config: ParityConfig
  readonly tensors: ReadonlyMap<string, Tensor<Float32Array>>
}

/** What the file says of the case; each family of cases has its own part of these. */
export interface ParityConfig {
  readonly strides?: readonly [number, number]
  readonly dilation?: readonly [number, number]
  readonly padding?: Padding
  readonly poolSize?: readonly [number, number]
  readonly kind?: PoolKind
  readonly epsilon?: number
  readonly groups?: number
  /** How many of the last axes are normalised together. */
  readonly axes?: number
  readonly smoothing?: number
  readonly factor?: number
  readonly learningRate?: number
  readonly momentum?: number
  readonly steps?: number
}

const ending = '.safetensors'
const fixtures = new URL('./fixtures/', import.meta.url)
const shared = new URL('../../../shared/parity/', import.meta.url)

/** The large cases lie outside the repository; without them the fixtures alone are tested. */
export const sharedIsThere = existsSync(shared)

/** The name of the one case that is a whole training run; it is among the large ones. */
export const referenceNet = 'reference-net'

/** Every case there is but the reference network: the small ones kept in the repository, then the shared ones. */
export function parityCases(): ParityCase[] {
  const own = namesIn(fixtures)
  const others = sharedIsThere ? namesIn(shared).filter(name => !own.includes(name)) : []
  if (!sharedIsThere)
    console.warn(`Parity: ../shared/parity is absent, so only ${own.length} cases are tested.`)
  return [
    ...own.map(name => readCase(fixtures, name)),
    ...others.filter(name => name !== referenceNet).map(name => readCase(shared, name)),
  ]
}

export const referenceNetCase = (): ParityCase => readCase(shared, referenceNet)

const namesIn = (folder: URL): string[] =>
  readdirSync(folder)
    .filter(file => file.endsWith(ending))
    .map(file => file.slice(0, -ending.length))
    .sort()

function readCase(folder: URL, name: string): ParityCase {
  const { tensors, metadata } = decodeSafetensors(readFileSync(new URL(name + ending, folder)), name)
  return {
    name,
    config: JSON.parse(metadata.case ?? '{}') as ParityConfig,
    tensors: tensors as Map<string, Tensor<Float32Array>>,
  }
}

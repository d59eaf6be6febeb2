import { Random } from '../../src/base/random.js'
import { sizeOf } from '../../src/base/shape.js'
import type { Backend, DeviceOptions, Values } from '../../src/engine/backends/backend.js'
import { reference } from '../../src/engine/backends/reference/reference.js'
import { layOutVariables } from '../../src/engine/backends/wasm/layout.js'
import { planGraph } from '../../src/engine/backends/wasm/plan.js'
import { wasmBackend } from '../../src/engine/backends/wasm/wasm.js'
import type { Graph } from '../../src/engine/graph/graph.js'
import { sumBound } from '../../tests/parity/rounding.js'
import { type Layer, operandsOf } from './layers.js'
import { drawOperands, inputsOf, type Pass, recordPass, termsOf } from './passes.js'

/** What came of holding a kernel against the float64 reference. */
export interface Verification {
  /** The layer it was done on: the same, with fewer or smaller pictures. */
  readonly layer: Layer
  /** The largest error, as a share of the bound that rounding allows; above 1 the kernel is wrong. */
  readonly error: number
}

/** Multiplications and additions that the reference does in about a second at most. */
const PATIENCE = { convolution: 250e6, dense: 170e6 }

/** The same layer with fewer and smaller pictures, as the reference's patience needs; of a convolution at most two. */
export function cutDown(layer: Layer): Layer {
  const images = Math.floor(PATIENCE[layer.kind] / flopOf({ ...layer, images: 1 }))
  if (layer.kind === 'dense') return { ...layer, images: Math.min(layer.images, Math.max(1, images)) }
  const few = { ...layer, images: Math.min(layer.images, 2, Math.max(1, images)) }
  let { size } = few
  while (size > few.kernel && flopOf({ ...few, size }) > PATIENCE.convolution) size--
  return { ...few, size }
}

/** Of any pass: they all multiply the same numbers. */
const flopOf = (layer: Layer): number => 2 * sizeOf(operandsOf(layer).y) * termsOf(layer, 'forward')

/** Holds the kernel of a pass against the float64 reference, on a cut-down layer. */
export async function verify(layer: Layer, pass: Pass, options: DeviceOptions): Promise<Verification> {
  const small = sameKernel(layer, pass)
  const graph = recordPass(small, pass)
  const inputs = inputsOf(graph, drawOperands(small, new Random(1, layer.network, layer.name)))
  const actual = await run(wasmBackend, graph, inputs, options)
  const expected = await run(reference, graph, inputs)
  // With every number made positive, the reference gives the sum of the products' sizes.
  const sizes = await run(reference, graph, absolute(inputs))
  return { layer: small, error: largestError(termsOf(small, pass), actual, expected, sizes) }
}

/** The layer cut down, but as little as it needs to be computed by the same algorithm as the whole. */
function sameKernel(layer: Layer, pass: Pass): Layer {
  const wanted = algorithmOf(layer, pass)
  let small = cutDown(layer)
  while (algorithmOf(small, pass) !== wanted) small = nextLarger(small, layer)
  return small
}

/** With twice the pictures; where those are all, with pictures twice as large. */
function nextLarger(small: Layer, whole: Layer): Layer {
  if (small.images < whole.images) return { ...small, images: Math.min(2 * small.images, whole.images) }
  if (small.kind === 'dense' || whole.kind === 'dense') return whole
  return { ...small, size: Math.min(2 * small.size, whole.size) }
}

/** How the kernel of a pass is computed. */
export function algorithmOf(layer: Layer, pass: Pass): string {
  const { kernels } = planGraph(recordPass(layer, pass), layOutVariables([]), 1)
  return kernels[0]!.kernel.algorithm
}

const absolute = (inputs: Values): Values =>
  Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, values.map(Math.abs)]))

async function run(backend: Backend, graph: Graph, inputs: Values, options: DeviceOptions = {}) {
  const device = await backend.open([], options)
  const program = await device.compile(graph)
  const { result } = await program.run(inputs)
  device.close()
  return result!
}

/** The largest error as a share of what rounding allows; infinite for what is no number. */
export function largestError(
  terms: number,
  actual: Float32Array,
  expected: Float32Array,
  sizes: Float32Array,
): number {
  let largest = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY
  expected.forEach((value, i) => {
    const error = Math.abs(actual[i]! - value)
    const share = error === 0 ? 0 : error / sumBound(terms, sizes[i]!)
    if (!(share <= largest)) largest = Number.isNaN(share) ? Number.POSITIVE_INFINITY : share
  })
  return largest
}

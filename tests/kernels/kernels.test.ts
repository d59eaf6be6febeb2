import { expect, test } from 'vitest'
import { usePlatform } from '../../src/base/platform.js'
import { Random } from '../../src/base/random.js'
import { sizeOf } from '../../src/base/shape.js'
import type { Values } from '../../src/engine/backends/backend.js'
import { reference } from '../../src/engine/backends/reference/reference.js'
import { WasmDevice } from '../../src/engine/backends/wasm/device.js'
import { layOutVariables } from '../../src/engine/backends/wasm/layout.js'
import { planGraph } from '../../src/engine/backends/wasm/plan.js'
import { Graph } from '../../src/engine/graph/graph.js'
import type { OpName } from '../../src/engine/ops/attributes.js'
import { nodePlatform } from '../../src/node/platform.js'
import { expectSums, expectWithin, float32Chain } from '../parity/bounds.js'
import { type KernelCase, kernelCases } from './kernel-cases.js'

usePlatform(nodePlatform)

const seed = Number(process.env.SEED ?? 1)
const threads = 2
/** A NaN that no calculation makes: what memory holds before a run. */
const canary = 0x7fc0dead

function record(op: OpName, { attributes, inputs }: KernelCase): Graph {
  const graph = new Graph()
  const values = inputs.map((shape, i) => graph.input(`input${i}`, shape))
  graph.output('y', graph.apply(op, attributes, values))
  return graph
}

function drawInputs(op: OpName, { inputs, draws }: KernelCase): Values {
  const random = new Random(seed, op)
  const draw = (length: number, i: number) => Float32Array.from({ length }, (_, k) => draws[i]!(random, k))
  return Object.fromEntries(inputs.map((shape, i) => [`input${i}`, draw(sizeOf(shape), i)]))
}

/**
 * Runs the kernel in memory full of canaries: a number read before it was written, or from behind a buffer, makes the
 * result NaN, and the canaries behind the output must still be there. (Three floats belong to the last vector.)
 */
async function runAmongCanaries(graph: Graph, inputs: Values, deterministic: boolean): Promise<Float32Array> {
  const device = await WasmDevice.open([], { threads, deterministic })
  const program = await device.compile(graph)
  const layout = layOutVariables([])
  new Uint32Array(device.memory.buffer).fill(canary, layout.end / 4)
  const { y } = await program.run(inputs)
  const { address, floats } = planGraph(graph, layout, threads).outputs.get('y')!
  const behind = new Uint32Array(device.memory.buffer, address + 4 * (floats + 3), 13)
  expect([...behind], 'memory behind the output').toEqual(new Array(13).fill(canary))
  return y!
}

const evaluate = async (graph: Graph, inputs: Values): Promise<Float32Array> =>
  (await (await (await reference.open([])).compile(graph)).run(inputs)).y!

async function check(op: OpName, kernelCase: KernelCase, deterministic: boolean): Promise<void> {
  const graph = record(op, kernelCase)
  const inputs = drawInputs(op, kernelCase)
  const expected = await evaluate(graph, inputs)
  const actual = await runAmongCanaries(graph, inputs, deterministic)
  if (kernelCase.bound === 'exact') expect(actual).toEqual(expected)
  else if (kernelCase.bound === 'chain') expectWithin(float32Chain(kernelCase.terms), op, actual, expected)
  else {
    const positive = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, x.map(Math.abs)]))
    expectSums(kernelCase.terms, op, actual, expected, await evaluate(graph, positive))
  }
}

for (const [op, cases] of Object.entries(kernelCases))
  (cases as readonly KernelCase[]).forEach((kernelCase, number) =>
    test(`${op} ${number}: ${kernelCase.inputs.map(shape => shape.join('×')).join(', ')}`, async () => {
      for (const deterministic of [true, false]) await check(op as OpName, kernelCase, deterministic)
    }),
  )

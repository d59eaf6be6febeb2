import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usePlatform } from '../../src/base/platform.js'
import type { Tensor } from '../../src/base/tensor.js'
import type { Backend } from '../../src/engine/backends/backend.js'
import { reference } from '../../src/engine/backends/reference/reference.js'
import { wasmBackend } from '../../src/engine/backends/wasm/wasm.js'
import { decodeSafetensors } from '../../src/io/safetensors/decode.js'
import { nodePlatform } from '../../src/node/platform.js'
import { optimizerFromName } from '../../src/train/optimizers/index.js'
import { runOptimizer } from '../../src/train/optimizers/run.fixture.js'
import { expectWithin, float32Chain, float64Trained } from './bounds.js'

// What PyTorch's optimizers make of a weight and eight gradients, in float64, where their rule is ours: rates constant, and
// epsilon too small to show.

usePlatform(nodePlatform)

const folder = new URL('./fixtures/optimizers/', import.meta.url)
const files = readdirSync(folder).sort()

interface Case {
  readonly optimizer: string
  readonly options: Readonly<Record<string, unknown>>
}

function read(file: string) {
  const { tensors, metadata } = decodeSafetensors(readFileSync(new URL(file, folder)), file)
  const numbers = (name: string) => tensors.get(name) as Tensor<Float32Array>
  const { optimizer, options } = JSON.parse(metadata.case!) as Case
  const gradients = numbers('gradients')
  const steps = Array.from({ length: gradients.rows }, (_, step) => [...gradients.slice(step, step + 1).data])
  return { optimizer, options, start: [...numbers('weight').data], steps, after: numbers('after') }
}

async function compare(file: string, backend: Backend): Promise<[Float32Array, Float32Array]> {
  const { optimizer, options, start, steps, after } = read(file)
  const came = await runOptimizer(optimizerFromName(optimizer, options), start, steps, { backend })
  return [Float32Array.from(came.flat()), after.data]
}

test('there is a case of every optimizer that PyTorch has too', () => {
  const names = files.map(file => file.replace(/(-.*)?\.safetensors$/, ''))
  expect([...new Set(names)]).toEqual(['adam', 'adamw', 'rmsprop', 'sgd'])
})

for (const file of files) {
  test(`${file}: float64`, async () => {
    expectWithin(float64Trained, file, ...(await compare(file, reference)))
  })

  test(`${file}: WebAssembly`, async () => {
    expectWithin(float32Chain(8 * 4), file, ...(await compare(file, wasmBackend)))
  })
}

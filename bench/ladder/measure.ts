import type { DeviceOptions } from '../../src/engine/backends/backend.js'
import { wasmBackend } from '../../src/engine/backends/wasm/wasm.js'
import type { Layer } from './layers.js'
import { inputsOf, type Pass, recordPass } from './passes.js'

/** How fast one pass of a layer is. */
export interface Speed {
  readonly algorithm: string
  /** Of the fastest run: what the kernel can do when nobody disturbs it. */
  readonly milliseconds: number
  /** By the operations of the direct method, whatever the algorithm saves. */
  readonly gflops: number
}

const WARM_UPS = 2
const LEAST_RUNS = 5
const MILLISECONDS = 300

/** Measures a pass; `operands` are those of the whole layer. */
export async function measure(
  layer: Layer,
  pass: Pass,
  operands: Readonly<Record<string, Float32Array>>,
  options: DeviceOptions,
): Promise<Speed> {
  const graph = recordPass(layer, pass)
  const inputs = inputsOf(graph, operands)
  const device = await wasmBackend.open([], options)
  const program = await device.compile(graph)
  const time = async () => (await program.time!(inputs)).reduce((sum, milliseconds) => sum + milliseconds, 0)
  for (let run = 0; run < WARM_UPS; run++) await time()
  const times: number[] = []
  const end = performance.now() + MILLISECONDS
  while (times.length < LEAST_RUNS || performance.now() < end) times.push(await time())
  device.close()
  const milliseconds = Math.min(...times)
  const { algorithm } = program.kernels[0]!
  return { algorithm, milliseconds, gflops: program.flop / milliseconds / 1e6 }
}

import { Random } from '../base/random.js'
import { Tensor } from '../base/tensor.js'
import type { Backend, Device, Program, VariableSpec } from '../engine/backends/backend.js'
import { reference } from '../engine/backends/reference/reference.js'
import { dense, dropout, flatten } from '../nn/layers/index.js'
import type { CompileOptions } from './compile.js'
import type { FitOptions } from './fit-options.js'
import type { Model } from './model.js'
import { Sequential } from './sequential.js'

/**
 * The float64 reference, with variables rounded to float32 after every run, as every real backend keeps them. Only so
 * can a checkpoint hold all there is.
 */
export const float32Reference: Backend = {
  name: 'reference, float32 between runs',
  async open(variables) {
    return rounding(await reference.open(variables), variables)
  },
}

function rounding(device: Device, variables: readonly VariableSpec[]): Device {
  const round = () => {
    for (const { name } of variables) device.write(name, device.read(name))
  }
  const roundAfter = (program: Program): Program => ({
    bytes: program.bytes,
    flop: program.flop,
    kernels: program.kernels,
    run: inputs => program.run(inputs).finally(round),
  })
  return {
    description: device.description,
    threads: device.threads,
    withoutThreads: device.withoutThreads,
    bytes: device.bytes,
    compile: async graph => roundAfter(await device.compile(graph)),
    read: name => device.read(name),
    write: (name, values) => device.write(name, values),
    close: () => device.close(),
  }
}

/** `rows` pictures of 2×2×1 in bytes, scaled to -0.5…0.5, and one of three classes for each. */
export function tinyData(rows = 10): { x: Tensor<Uint8Array>; y: Tensor<Uint8Array> } {
  const random = new Random(7, 'tiny')
  const bytes = Uint8Array.from({ length: rows * 4 }, () => random.integer(256))
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 3)
  return { x: new Tensor(bytes, [rows, 2, 2, 1]).scaled(1 / 255, -0.5), y: new Tensor(labels, [rows]) }
}

/** 4 → 5 → 3, not compiled. */
export const tinyNetwork = ({ rate = 0, seed = 1, units = 3, l2 = 0 } = {}): Sequential =>
  new Sequential(
    [
      flatten({ inputShape: [2, 2, 1] }),
      dense({ units: 5, activation: 'tanh', ...(l2 > 0 && { kernelRegularizer: { l2 } }) }),
      ...(rate > 0 ? [dropout({ rate })] : []),
      dense({ units, activation: 'softmax' }),
    ],
    { seed },
  )

export function tinyModel(
  network: Parameters<typeof tinyNetwork>[0] = {},
  compile: Partial<CompileOptions> = {},
): Sequential {
  const model = tinyNetwork(network)
  model.compile({
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
    backend: float32Reference,
    ...compile,
  })
  return model
}

/** What every test of training wants: nothing on the console. */
export const quiet = { verbose: 0, notice: () => undefined } as const satisfies FitOptions

/** The numbers of all weights, for comparing bit by bit. */
export const weightsOf = (model: Model): Record<string, number[]> =>
  Object.fromEntries([...model.getWeights()].map(([name, { data }]) => [name, [...data]]))

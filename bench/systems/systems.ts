import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.js'
import { countThreads, keyOf, workloads } from '../workloads.js'
import { pytorch } from './pytorch.js'
import type { Command, Part, System } from './system.js'

export interface SystemOptions {
  readonly threads: number
  /** The Node that Fovea runs on. */
  readonly node: string
}

const everything: Readonly<Record<string, Part>> = Object.fromEntries(
  workloads.map(workload => [keyOf(workload), {}]),
)
const inference: Readonly<Record<string, Part>> = Object.fromEntries(
  workloads.filter(({ task }) => task === 'infer').map(workload => [keyOf(workload), {}]),
)

/** Everybody, the one that all are compared with first. */
export const systems = ({ threads, node }: SystemOptions): readonly System[] => [
  fovea(node, threads),
  ...(threads > 1 ? [fovea(node, 1)] : []),
  deterministicFovea(node, threads),
  ...pytorch(threads, everything),
  ...tensorflow(),
  jax(threads),
  convnet(),
  ...onnxruntime(threads),
]

const fovea = (node: string, threads: number): System => ({
  name: 'fovea',
  title: `Fovea, ${countThreads(threads)}`,
  command: { file: node, arguments: [join(root, 'bench/dist/bench/fovea/server.js'), String(threads)] },
  setting: 'model.fit on 50,000 pictures in memory, shuffled and scaled on the way; model.predict on bytes',
  parts: everything,
  missing: null,
})

function deterministicFovea(node: string, threads: number): System {
  const { command, ...system } = fovea(node, threads)
  return {
    ...system,
    title: 'Fovea, deterministic',
    command: { ...command, arguments: [...command.arguments, 'deterministic'] },
    setting: `deterministic: true, the same bits on every machine; ${countThreads(threads)}`,
  }
}

/** A peer in Node: its server, and the package that must be there. */
function peer(
  script: string,
  needs: string,
  ...options: readonly (string | number)[]
): Pick<System, 'command' | 'missing'> {
  const folder = join(root, 'bench/peers')
  const command: Command = {
    file: process.execPath,
    arguments: [join(folder, script), ...options.map(String)],
  }
  return { command, missing: existsSync(join(folder, 'node_modules', needs)) ? null : 'npm run bench:peers' }
}

const tensorflow = (): System[] => [
  {
    name: 'tfjs-wasm',
    title: 'TensorFlow.js, wasm',
    ...peer('tensorflow.mjs', '@tensorflow/tfjs-backend-wasm', 'wasm'),
    setting: 'SIMD, 1 thread: it has no threads in Node',
    parts: { 'train/32': {}, ...inference },
  },
  {
    name: 'tfjs-cpu',
    title: 'TensorFlow.js, cpu',
    ...peer('tensorflow.mjs', '@tensorflow/tfjs-backend-cpu', 'cpu'),
    setting: 'plain JavaScript, 1 thread; a training step of more than one picture takes minutes',
    parts: { 'train/32': { batch: 1, onceAfter: 0 }, 'infer/1': {} },
  },
]

const jax = (threads: number): System => ({
  name: 'jax-js',
  title: 'jax-js, wasm',
  ...peer('jax.mjs', '@jax-js/jax', threads),
  setting: `whole steps under jit, relaxed SIMD, ${countThreads(threads)} (Node lacks the Worker it looks for: we give it one)`,
  parts: { 'train/32': { batch: 4, onceAfter: 1 }, 'infer/1': {} },
})

const convnet = (): System => ({
  name: 'convnetjs',
  title: 'ConvNetJS',
  ...peer('convnet.mjs', 'convnetjs'),
  setting: 'plain JavaScript, 1 thread, one picture at a time; weights change after each batch',
  parts: { 'train/32': {}, 'infer/1': {} },
})

const onnxruntime = (threads: number): System[] => [
  {
    name: 'onnxruntime-node',
    title: 'ONNX Runtime, native',
    ...peer('onnxruntime.mjs', 'onnxruntime-node', 'node', threads),
    setting: `CPU provider, ${countThreads(threads)}, all optimizations; does not train`,
    parts: inference,
  },
  {
    name: 'onnxruntime-web',
    title: 'ONNX Runtime, wasm',
    ...peer('onnxruntime.mjs', 'onnxruntime-web', 'web', threads),
    setting: `SIMD, ${countThreads(threads)}, all optimizations; does not train`,
    parts: inference,
  },
]

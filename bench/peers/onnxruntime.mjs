// ONNX Runtime: inference only. node onnxruntime.mjs node|web THREADS
import { createRequire } from 'node:module'
import { countParams, tutorial } from '../dist/bench/network.js'
import { onnxModel } from '../dist/bench/onnx/model.js'
import { randomPixels } from '../dist/bench/server/examples.js'
import { keepStandardOutputClean, serve } from '../dist/bench/server/serve.js'
import { repeat } from '../dist/bench/server/window.js'

keepStandardOutputClean()
const require = createRequire(import.meta.url)
const [kind, threads] = [process.argv[2], Number(process.argv[3])]
const runtime = require(`onnxruntime-${kind}`)
if (kind === 'web') runtime.env.wasm.numThreads = threads

const session = await runtime.InferenceSession.create(onnxModel(), {
  executionProviders: [kind === 'web' ? 'wasm' : 'cpu'],
  graphOptimizationLevel: 'all',
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
})

await serve({
  version: runtime.env.versions.common,
  params: countParams(), // of the file it was given
  prepare({ task, batch }) {
    if (task === 'train') throw new Error('ONNX Runtime for JavaScript computes, it does not train')
    const { size, channels } = tutorial
    const x = new runtime.Tensor('float32', randomPixels(batch), [batch, channels, size, size])
    return repeat(batch, async () => {
      const { y } = await session.run({ x })
      await y.getData()
      return null
    })
  },
})

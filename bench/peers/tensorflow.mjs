// TensorFlow.js as in its guide: layers, `trainOnBatch`, `predictOnBatch`. node tensorflow.mjs cpu|wasm
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { tutorial, weightedLayers } from '../dist/bench/network.js'
import { oneHotLabels, randomPixels } from '../dist/bench/server/examples.js'
import { keepStandardOutputClean, serve } from '../dist/bench/server/serve.js'
import { repeat } from '../dist/bench/server/window.js'

keepStandardOutputClean()
const require = createRequire(import.meta.url)
const tf = require('@tensorflow/tfjs-core')
const { layers, sequential } = require('@tensorflow/tfjs-layers')
const backend = process.argv[2]
if (backend === 'cpu') require('@tensorflow/tfjs-backend-cpu')
else {
  const path = require.resolve('@tensorflow/tfjs-backend-wasm')
  require(path).setWasmPaths(join(dirname(path), '../wasm-out/'))
}
await tf.setBackend(backend)
await tf.ready()
if (tf.getBackend() !== backend) throw new Error(`the backend is ${tf.getBackend()}, not ${backend}`)

const { size, channels, classes, learningRate, momentum } = tutorial
const model = sequential()
weightedLayers().forEach(({ kind, outputs, pooled }, index, all) => {
  const inputShape = index === 0 ? { inputShape: [size, size, channels] } : {}
  if (kind === 'convolution') {
    const options = { filters: outputs, kernelSize: 3, padding: 'same', activation: 'relu' }
    model.add(layers.conv2d({ ...options, ...inputShape }))
    if (pooled) model.add(layers.maxPooling2d({ poolSize: 2 }))
    return
  }
  if (all[index - 1].kind === 'convolution') model.add(layers.flatten())
  model.add(layers.dense({ units: outputs, activation: index === all.length - 1 ? 'softmax' : 'relu' }))
})
model.compile({ optimizer: tf.train.momentum(learningRate, momentum), loss: 'categoricalCrossentropy' })

await serve({
  version: tf.version_core,
  params: model.countParams(),
  prepare({ task, batch }) {
    const x = tf.tensor4d(randomPixels(batch), [batch, size, size, channels])
    if (task === 'infer')
      return repeat(batch, async () => {
        const prediction = model.predictOnBatch(x)
        await prediction.data()
        prediction.dispose()
        return null
      })
    const y = tf.tensor2d(oneHotLabels(batch), [batch, classes])
    return repeat(batch, () => model.trainOnBatch(x, y))
  },
})

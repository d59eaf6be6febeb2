// jax-js on WebAssembly, whole steps under `jit`. node jax.mjs THREADS
import { readFileSync } from 'node:fs'
import { allowRelaxedSimd } from '../dist/bench/limits/relaxed-simd.js'
import { fanIn, tutorial, weightedLayers } from '../dist/bench/network.js'
import { oneHotLabels, randomPixels, randomWeights } from '../dist/bench/server/examples.js'
import { serve } from '../dist/bench/server/serve.js'
import { repeat } from '../dist/bench/server/window.js'
import { beBrowser } from './web-worker.mjs'

// With both it is fastest here. It looks at them when it is loaded.
allowRelaxedSimd()
const threads = Number(process.argv[2])
if (threads > 1) beBrowser(threads)
const { init, defaultDevice, numpy, nn, lax, jit, valueAndGrad, tree, blockUntilReady } = await import(
  '@jax-js/jax'
)
if (!(await init('wasm')).includes('wasm')) throw new Error('jax-js finds no WebAssembly here')
defaultDevice('wasm')

// The package does not export its package.json.
const about = new URL('../package.json', import.meta.resolve('@jax-js/jax'))
const { version } = JSON.parse(readFileSync(about, 'utf8'))

const { size, channels, classes, learningRate, momentum } = tutorial
const network = weightedLayers()

const first = network.map((layer, index) => {
  const { kind, inputs, outputs } = layer
  const shape = kind === 'convolution' ? [outputs, inputs, 3, 3] : [inputs, outputs]
  const values = randomWeights(`kernel${index}`, outputs * fanIn(layer), fanIn(layer))
  const bias = numpy.zeros(kind === 'convolution' ? [outputs, 1, 1] : [outputs])
  return { kernel: numpy.array(values, { shape }), bias }
})
const params = tree.leaves(first).reduce((sum, weight) => sum + weight.size, 0)

function logits(weights, x) {
  const batch = x.shape[0]
  return network.reduce((value, { kind, inputs, pooled }, index) => {
    const { kernel, bias } = weights[index]
    if (kind === 'dense') {
      const sum = numpy.dot(value.reshape([batch, inputs]), kernel).add(bias)
      return index === network.length - 1 ? sum : nn.relu(sum)
    }
    const y = nn.relu(lax.convGeneralDilated(value, kernel, [1, 1], 'SAME').add(bias))
    return pooled ? lax.reduceWindow(y, numpy.max, [2, 2], [2, 2]) : y
  }, x)
}

const infer = jit((weights, x) => nn.softmax(logits(weights, x)))
const meanLoss = (weights, x, y) =>
  nn
    .logSoftmax(logits(weights, x))
    .mul(y)
    .sum()
    .mul(-1 / x.shape[0])
const train = jit((weights, velocities, x, y) => {
  const [loss, gradients] = valueAndGrad(meanLoss)(tree.ref(weights), x, y)
  const moved = tree.map((v, g) => v.mul(momentum).add(g), velocities, gradients)
  return [tree.map((w, v) => w.sub(v.mul(learningRate)), weights, tree.ref(moved)), moved, loss]
})

await serve({
  version,
  params,
  prepare({ task, batch }) {
    const x = numpy.array(randomPixels(batch), { shape: [batch, channels, size, size] })
    if (task === 'infer')
      return repeat(batch, async () => {
        await infer(tree.ref(first), x.ref).data()
        return null
      })
    const y = numpy.array(oneHotLabels(batch), { shape: [batch, classes] })
    let weights = tree.ref(first)
    let velocities = tree.map(weight => numpy.zeros(weight.shape), tree.ref(first))
    return repeat(batch, async () => {
      const [moved, faster, loss] = train(weights, velocities, x.ref, y.ref)
      ;[weights, velocities] = [moved, faster]
      await blockUntilReady([weights, velocities])
      return loss.jsAsync()
    })
  },
})

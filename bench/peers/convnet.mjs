// ConvNetJS takes one picture at a time; its batch size only says how often weights change.
import { createRequire } from 'node:module'
import { tutorial, weightedLayers } from '../dist/bench/network.js'
import { fixedLabels, randomPixels } from '../dist/bench/server/examples.js'
import { serve } from '../dist/bench/server/serve.js'
import { repeat } from '../dist/bench/server/window.js'

const require = createRequire(import.meta.url)
const { Net, SGDTrainer, Vol } = require('convnetjs')
const { version } = require('convnetjs/package.json')

const { size, channels, classes, hidden, learningRate, momentum } = tutorial
const description = [{ type: 'input', out_sx: size, out_sy: size, out_depth: channels }]
for (const { kind, outputs, pooled } of weightedLayers()) {
  if (kind === 'convolution')
    description.push({ type: 'conv', sx: 3, filters: outputs, stride: 1, pad: 1, activation: 'relu' })
  if (pooled) description.push({ type: 'pool', sx: 2, stride: 2 })
}
for (const units of hidden) description.push({ type: 'fc', num_neurons: units, activation: 'relu' })
description.push({ type: 'softmax', num_classes: classes })
const net = new Net()
net.makeLayers(description)

/** The first picture of random ones: its time does not depend on what it shows. */
const [pixels, label] = [randomPixels(1), fixedLabels(1)[0]]
const picture = new Vol(size, size, channels, 0)
pixels.forEach((value, index) => {
  picture.w[index] = value
})

await serve({
  version,
  params: net.getParamsAndGrads().reduce((sum, { params }) => sum + params.length, 0),
  prepare({ task, batch }) {
    if (task === 'infer')
      return repeat(1, async () => {
        net.forward(picture, false)
        return null
      })
    const rule = { method: 'sgd', learning_rate: learningRate, momentum, l1_decay: 0, l2_decay: 0 }
    const trainer = new SGDTrainer(net, { ...rule, batch_size: batch })
    return repeat(1, async () => trainer.train(picture, label).loss)
  },
})

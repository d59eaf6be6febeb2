import { randomFillSync } from 'node:crypto'
import { createRequire } from 'node:module'
import { modelFromName, optimizers, Sequential, Tensor } from 'fovea'
import { tutorial } from '../network.js'
import { fixedLabels } from '../server/examples.js'
import { serve } from '../server/serve.js'
import { type Measure, repeat, StepClock } from '../server/window.js'

// Fovea as its users have it: the built package, `model.fit` on a data set in memory, `model.predict`.
// Beside what the others do, its steps gather shuffled rows out of 50,000 pictures and scale their bytes.

/** As many pictures as CIFAR-10 has for training. */
const PICTURES = 50_000
const picture: readonly number[] = [tutorial.size, tutorial.size, tutorial.channels]

const threads = Number(process.argv[2])
const deterministic = process.argv[3] === 'deterministic'
const { version } = createRequire(import.meta.url)('fovea/package.json') as { version: string }

const pictures = (count: number): Tensor<Uint8Array> =>
  new Tensor(randomBytes(count * picture.reduce((a, b) => a * b)), [count, ...picture]).scaled(1 / 255, -0.5)

/** A mebibyte of random bytes over and over: drawing all of them would take longer than the first training step. */
function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let filled = Math.min(length, 2 ** 20)
  randomFillSync(bytes, 0, filled)
  for (; filled < length; filled *= 2) bytes.copyWithin(filled, 0, filled)
  return bytes
}

const model = new Sequential(modelFromName('tutorial').layers(picture, tutorial.classes), {
  seed: 1,
  deterministic,
})
const { learningRate, momentum } = tutorial
model.compile({
  optimizer: optimizers.sgd({ learningRate, momentum }),
  loss: 'categoricalCrossentropy',
})
const x = pictures(PICTURES)
const y = new Tensor(fixedLabels(PICTURES), [PICTURES])

const train =
  (batchSize: number): Measure =>
  async length => {
    const clock = new StepClock(length)
    let loss = 0
    const watch = {
      onBatchEnd(event: { logs: Readonly<Record<string, number>> }, { stop }: { stop(): void }) {
        loss = event.logs.loss!
        if (clock.step()) stop()
      },
    }
    await model.fit(x, y, { batchSize, epochs: 1000, threads, verbose: 0, callbacks: [watch] })
    return clock.measured(batchSize, loss)
  }

const infer = (batchSize: number): Measure => {
  const batch = pictures(batchSize)
  return repeat(batchSize, async () => {
    await model.predict(batch, { batchSize, threads })
    return null
  })
}

await serve({
  version,
  params: model.countParams(),
  prepare: ({ task, batch }) => (task === 'train' ? train(batch) : infer(batch)),
})

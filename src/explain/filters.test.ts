import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { conv2d, dense, depthwiseConv2d, flatten } from '../nn/layers/index.js'
import { sequential } from '../nn/network.js'
import { Model } from '../train/model.js'
import { firstFilters } from './filters.js'

const networkOver = (channels: number) =>
  sequential([
    conv2d({ filters: 4, kernelSize: [3, 2], inputShape: [6, 6, channels] }),
    conv2d({ filters: 2, kernelSize: 3 }),
    flatten(),
  ])

/** The same network with weights two and a half times as large. */
function grown(before: Model): Model {
  const after = new Model(before.network, { seed: before.seed })
  const longer = (data: Float32Array) => data.map(weight => 2.5 * weight)
  after.setWeights(
    new Map(
      [...before.getWeights()].map(([name, { data, shape }]) => [name, new Tensor(longer(data), shape)]),
    ),
  )
  return after
}

test('filters of colours, before and after, on one scale', () => {
  const before = new Model(networkOver(3), { seed: 5 })
  const after = grown(before)
  const { layer, shape, scale, filters } = firstFilters(after, { before })
  expect([layer, ...shape]).toEqual(['conv2d', 3, 2, 3, 4])
  const kernel = after.getWeights().get('conv2d/kernel')!.data // [3, 2, 3, 4]
  expect(scale).toBe(Math.max(...kernel.map(Math.abs)))
  expect(filters).toHaveLength(4)
  const { before: first, after: last, moved } = filters[2]!
  expect(last).toMatchObject({ width: 2, height: 3, channels: 3 })
  for (let i = 0; i < 18; i++) {
    const weight = kernel[i * 4 + 2]!
    expect(last.data[i]).toBe(Math.round(127.5 + (127.5 * weight) / scale))
    expect(first!.data[i]).toBe(Math.round(127.5 + (127.5 * weight) / 2.5 / scale))
  }
  expect(moved).toBeCloseTo(1.5, 6)
})

test('filters of grey pictures are grey, and the first weights may be unknown', () => {
  const { filters, sentence, scale } = firstFilters(new Model(networkOver(1), { seed: 5 }))
  expect(filters[0]!.after).toMatchObject({ width: 2, height: 3, channels: 1 })
  expect(filters.every(({ before, moved }) => before === null && moved === null)).toBe(true)
  const end = Number(scale.toPrecision(2))
  expect(sentence).toBe(
    `One scale for all: a weight of 0 is mid grey, −${end} is dark and +${end} is bright.`,
  )
})

test('depthwise filters are grey, one for each channel they make', () => {
  const network = sequential([
    depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, inputShape: [6, 6, 5] }),
    flatten(),
  ])
  const model = new Model(network, { seed: 5 })
  const { shape, scale, filters } = firstFilters(model)
  expect(shape).toEqual([3, 3, 1, 10])
  const kernel = model.getWeights().get('depthwise_conv2d/kernel')!.data // [3, 3, 5, 2]
  const seventh = [...filters[7]!.after.data]
  // Of channel 3 the second.
  expect(seventh).toEqual(
    Array.from({ length: 9 }, (_, tap) =>
      Math.round(127.5 + (127.5 * kernel[(tap * 5 + 3) * 2 + 1]!) / scale),
    ),
  )
})

test('says why there is nothing to see', () => {
  const flat = sequential([flatten({ inputShape: [4, 4, 1] }), dense({ units: 2 })])
  expect(() => firstFilters(new Model(flat))).toThrow(
    '"sequential" has no convolution, so there are no filters to look at.',
  )
  const deep = networkOver(5)
  expect(() => firstFilters(new Model(deep))).toThrow(
    'The filters of "conv2d" are 3×2×5×4: with 5 channels they are no pictures.',
  )
})

import { expect, test } from 'vitest'
import { Tensor } from '../base/tensor.js'
import { reference } from '../engine/backends/reference/reference.js'
import type { Attention } from '../train/attention.js'
import { pictureModel, tinyPictures } from '../train/pictures.fixture.js'
import { focus, focusOf, placeInWords } from './focus.js'

const picture = tinyPictures().slice(1, 2)

test('the likeliest classes first, each with its own map in the size of the picture', async () => {
  const model = pictureModel(reference)
  const probabilities = [...(await model.predict(picture)).data]
  const found = await focus(model, picture)
  const ranked = [0, 1, 2, 3].sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, 3)
  expect(found.map(({ label }) => label)).toEqual(ranked)
  expect(found.map(({ className }) => className)).toEqual(ranked.map(label => `class ${label}`))
  expect(found.map(({ place }) => place)).toEqual(found.map(({ peak }) => peak && placeInWords(peak)))
  expect(found.map(({ probability }) => probability)).toEqual(ranked.map(label => probabilities[label]))
  const attention = await model.attention(picture, { classes: [ranked[1]!] })
  expect(found[1]!.map).toEqual(focusOf(attention, 0, 'hirescam', [8, 8]).map)
  expect(found.map(({ enlarged: { width, height } }) => [width, height])).toEqual(ranked.map(() => [8, 8]))
})

test('the classes, the layer and the method that are asked for', async () => {
  const found = await focus(pictureModel(reference), picture, {
    classes: [3],
    classNames: ['cat', 'dog', 'fox', 'owl'],
    layer: 'conv2d',
    method: 'gradcam',
  })
  expect(found).toMatchObject([
    { label: 3, className: 'owl', layer: 'conv2d', method: 'gradcam', map: { width: 8, height: 8 } },
  ])
})

/** An attention whose map is `values` [2, 2]. */
const seen = (...values: number[]): Attention => ({
  layer: 'conv2d',
  classes: Int32Array.of(0),
  maps: new Tensor(Float32Array.from(values), [1, 2, 2, 1]),
  gradients: new Tensor(new Float32Array(4).fill(1), [1, 2, 2, 1]),
  scores: new Tensor(Float32Array.of(7), [1, 1]),
  predictions: new Tensor(Float32Array.of(0.75), [1, 1]),
})

test('enlarges bilinearly between the centres of cells', () => {
  const { enlarged } = focusOf(seen(0, 4, 8, 12), 0, 'hirescam', [4, 4])
  // Along each axis the four centres lie 0, 1/4, 3/4 and 1 of the way between the two cells'.
  const along = [0, 0.25, 0.75, 1]
  along.forEach((y, row) => {
    along.forEach((x, column) => {
      expect(enlarged.values[row * 4 + column]).toBeCloseTo(4 * x + 8 * y, 12)
    })
  })
})

test('centre and half count what speaks for the class only', () => {
  // 3 at the upper left, 1 at the lower right, and much against it at the upper right.
  const { centre, peak, half, probability, score } = focusOf(seen(3, -50, 0, 1), 0, 'hirescam', [2, 2])
  expect(centre).toEqual({ x: (3 * 0.25 + 0.75) / 4, y: (3 * 0.25 + 0.75) / 4 })
  expect(peak).toEqual({ x: 0.25, y: 0.25 })
  expect(half).toEqual({ level: 3, share: 1 / 4 })
  expect([probability, score]).toEqual([0.75, 7])
  expect(focusOf(seen(-1, 0, -2, 0), 0, 'hirescam', [2, 2])).toMatchObject({
    centre: null,
    peak: null,
    half: null,
  })
})

test('places in words', () => {
  expect(placeInWords({ x: 0.1, y: 0.9 })).toBe('in the lower left')
  expect(placeInWords({ x: 0.5, y: 0.5 })).toBe('in the middle')
  expect(placeInWords({ x: 1, y: 0.5 })).toBe('in the middle right')
  expect(placeInWords({ x: 0.5, y: 0 })).toBe('in the upper middle')
})

import { expect, test } from 'vitest'
import { Random } from '../../base/random.js'
import { Tensor } from '../../base/tensor.js'
import { reference } from '../../engine/backends/reference/reference.js'
import { useTwoThreads } from '../pictures.fixture.js'
import { applyWithTarget } from './apply.js'
import * as augment from './index.js'

useTwoThreads()

const random = new Random(5, 'augmented')
const [N, H, W, C] = [12, 10, 8, 3]
const size = H * W * C
const pictures = new Tensor(
  Uint8Array.from({ length: N * size }, () => random.integer(256)),
  [N, H, W, C],
).scaled(1 / 255, -0.5)
const plain = Float32Array.from(pictures.data, byte => byte / 255 - 0.5)
const pictureOf = (data: Float32Array, n: number) => data.subarray(n * size, (n + 1) * size)
const seen = async (steps: augment.AugmentStep[], options: augment.ApplyOptions = {}, x: Tensor = pictures) =>
  (await augment.apply(x, steps, { seed: 3, threads: 1, ...options })).data

/** Picture n with each pixel taken from where `from` says; null: the number 0. */
function rearranged(n: number, from: (row: number, column: number) => readonly [number, number] | null) {
  const picture = pictureOf(plain, n)
  return Float32Array.from({ length: size }, (_, at) => {
    const [row, column, c] = [Math.floor(at / (W * C)), Math.floor(at / C) % W, at % C]
    const place = from(row, column)
    return place === null ? 0 : picture[(place[0] * W + place[1]) * C + c]!
  })
}
const mirror = (n: number) => rearranged(n, (row, column) => [row, W - 1 - column])

test('without steps pictures are what the network gets', async () => {
  expect(await seen([])).toEqual(plain)
})

test('flip mirrors some, verticalFlip turns others upside down, p = 1 all of them', async () => {
  const flipped = await seen([augment.flip()])
  const which = Array.from({ length: N }, (_, n) => pictureOf(flipped, n).join() === mirror(n).join())
  expect(new Set(which).size).toBe(2)
  which.forEach((did, n) => expect(pictureOf(flipped, n)).toEqual(did ? mirror(n) : pictureOf(plain, n)))
  const upside = await seen([augment.verticalFlip({ p: 1 })])
  for (let n = 0; n < N; n++)
    expect(pictureOf(upside, n)).toEqual(rearranged(n, (row, column) => [H - 1 - row, column]))
})

test('alternatingFlip mirrors about half in one epoch, and exactly the others in the next', async () => {
  const [one, next, third] = await Promise.all(
    [4, 5, 6].map(epoch => seen([augment.alternatingFlip()], { epoch })),
  )
  const isMirrored = (data: Float32Array, n: number) => pictureOf(data, n).join() === mirror(n).join()
  const first = Array.from({ length: N }, (_, n) => isMirrored(one!, n))
  expect(new Set(first).size).toBe(2)
  expect(first.map((_, n) => isMirrored(next!, n))).toEqual(first.map(did => !did))
  expect(third).toEqual(one)
})

test('shift moves each picture by whole pixels within its bounds, and fills as asked', async () => {
  const inside = (at: number, length: number) => at >= 0 && at < length
  const mirrored = (at: number, length: number) => (at < 0 ? -at : at >= length ? 2 * length - 2 - at : at)
  const found = new Set<string>()
  const shifts = [-2, -1, 0, 1, 2]
  for (const fill of ['zero', 'reflect'] as const) {
    const moved = await seen([augment.shift({ pixels: 2, fill })])
    for (let n = 0; n < N; n++) {
      const fits = shifts.flatMap(down =>
        shifts
          .filter(right => {
            const expected = rearranged(n, (row, column) => {
              const [i, j] = [row - down, column - right]
              if (fill === 'reflect') return [mirrored(i, H), mirrored(j, W)]
              return inside(i, H) && inside(j, W) ? [i, j] : null
            })
            return expected.join() === pictureOf(moved, n).join()
          })
          .map(right => `${down},${right}`),
      )
      expect(fits).toHaveLength(1)
      found.add(fits[0]!)
    }
  }
  expect(found.size).toBeGreaterThan(5)
})

test('crop is a shift with black around', async () => {
  const shifted = await seen([augment.shift({ pixels: 4, fill: 'black' })])
  expect(await seen([augment.crop({ padding: 4 })])).toEqual(shifted)
  expect(Math.min(...shifted)).toBe(-0.5)
})

test('neighbours that move pixels are one move, and whole pixels stay whole within it', async () => {
  const shifted = await seen([augment.shift({ pixels: 3 })])
  expect(await seen([augment.shift({ pixels: 3 }), augment.rotation({ degrees: 0 })])).toEqual(shifted)
  expect(await seen([augment.shift({ pixels: 3 }), augment.shift({ pixels: 0 })])).toEqual(shifted)
})

test('rotation turns around the centre', async () => {
  const square = new Tensor(
    Float32Array.from({ length: 3 * 5 * 5 }, () => random.uniform()),
    [3, 5, 5, 1],
  )
  const turned = await augment.apply(square, [augment.rotation({ degrees: 45 })], { threads: 1 })
  for (const n of [0, 1, 2]) expect(turned.data[n * 25 + 12]).toBeCloseTo(square.data[n * 25 + 12]!, 5)
})

test('colours stay within what pixels can be', async () => {
  const steps = [
    augment.brightness({ range: 0.9 }),
    augment.contrast({ range: 0.9 }),
    augment.saturation({ range: 1 }),
    augment.hue({ range: 0.5 }),
  ]
  const coloured = await seen(steps)
  expect(Math.min(...coloured)).toBe(-0.5)
  expect(Math.max(...coloured)).toBe(0.5)
})

test('cutout covers a square of zeros, smaller at the border', async () => {
  const covered = await seen([augment.cutout({ size: 4 })])
  const areas = Array.from(
    { length: N },
    (_, n) => pictureOf(covered, n).filter(value => value === 0).length / C,
  )
  for (const area of areas) {
    expect(area).toBeLessThanOrEqual(16)
    expect(area).toBeGreaterThanOrEqual(4)
  }
  expect(Math.max(...areas)).toBe(16)
  expect(await seen([augment.cutout({ size: 4, p: 0 })])).toEqual(plain)
})

const target = new Tensor(
  Float32Array.from({ length: N * N }, (_, at) => Number(at % N === Math.floor(at / N))),
  [N, N],
)

test('mixup mixes pictures and what they show in the same shares', async () => {
  const mixed = await applyWithTarget(pictures, [augment.mixup({ alpha: 1 })], { target, threads: 1 })
  const shares = mixed.target!.data
  for (let n = 0; n < N; n++) {
    const row = shares.subarray(n * N, (n + 1) * N)
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
    pictureOf(mixed.x.data, n).forEach((value, at) => {
      const expected = row.reduce((sum, share, other) => sum + share * pictureOf(plain, other)[at]!, 0)
      expect(value).toBeCloseTo(expected, 6)
    })
  }
})

test('cutmix pastes another picture, and its share is that of its area', async () => {
  const mixed = await applyWithTarget(pictures, [augment.cutmix()], { target, threads: 1 })
  const shares = mixed.target!.data
  let pasted = 0
  for (let n = 0; n < N; n++) {
    const own = shares[n * N + n]!
    const same = pictureOf(mixed.x.data, n).filter((value, at) => value === pictureOf(plain, n)[at]!).length
    const other = Array.from({ length: N }, (_, k) => k).filter(k => k !== n && shares[n * N + k]! > 0)
    if (other.length === 0) continue
    pasted++
    expect(same / size).toBeGreaterThanOrEqual(own - 1e-6)
    expect(same / size).toBeLessThan(own + 0.05) // a number may be the same in both by chance
  }
  expect(pasted).toBeGreaterThan(N / 2)
})

const everything = [
  augment.flip(),
  augment.shift({ pixels: 2 }),
  augment.rotation({ degrees: 20 }),
  augment.brightness({ range: 0.2 }),
  augment.hue({ range: 0.1 }),
  augment.cutout({ size: 3 }),
  augment.randAugment({ count: 3, magnitude: 20 }),
  augment.mixup(),
]

test('the same bits for every number of threads, others for another seed or epoch', async () => {
  const once = await seen(everything)
  expect(await seen(everything, { threads: 2 })).toEqual(once)
  expect(await seen(everything, { seed: 4 })).not.toEqual(once)
  expect(await seen(everything, { epoch: 1 })).not.toEqual(once)
})

test('what a picture gets does not depend on the batch, as long as nothing is mixed', async () => {
  const alone = everything.slice(0, -1)
  expect(await seen(alone, { batchSize: 5 })).toEqual(await seen(alone))
})

test('the kernels compute what the ops mean', async () => {
  const [fast, meant] = [await seen(everything), await seen(everything, { backend: reference })]
  // Levels are rounded on the way, so a last bit can become one level of 255.
  const far = fast.filter((value, at) => Math.abs(value - meant[at]!) > 1e-5).length
  expect(far / fast.length).toBeLessThan(0.02)
})

test('pictures of one channel are augmented too', async () => {
  const grey = new Tensor(pictures.data.slice(0, 4 * H * W), [4, H, W, 1])
  const steps = [augment.contrast({ range: 0.5 }), augment.brightness({ range: 0.2 }), augment.randAugment()]
  const result = await augment.apply(grey, steps, { threads: 1 })
  expect(result.shape).toEqual([4, H, W, 1])
  expect(result.data.every(value => value >= 0 && value <= 255)).toBe(true)
})

test.each<[string, augment.AugmentStep, readonly number[], string]>([
  [
    'a shift as large as the picture',
    augment.shift({ pixels: 8 }),
    [1, 10, 8, 3],
    'shift: pixels: 8 does not fit pictures of 10×8 pixels.\n  Give at most 7.',
  ],
  [
    'a crop as large as the picture',
    augment.crop({ padding: 9 }),
    [1, 10, 8, 3],
    'crop: padding: 9 does not fit pictures of 10×8 pixels.\n  Give at most 7.',
  ],
  [
    'a square larger than the picture',
    augment.cutout({ size: 9 }),
    [1, 10, 8, 3],
    'cutout: size: 9 does not fit pictures of 10×8 pixels.\n  Give at most 8.',
  ],
  [
    'hue on grey pictures',
    augment.hue({ range: 0.1 }),
    [1, 4, 4, 1],
    'hue changes colours, but the pictures have 1 channel: they are grey.\n  Leave it out; brightness and contrast work for any number of channels.',
  ],
  [
    'saturation on other channels',
    augment.saturation({ range: 0.1 }),
    [1, 4, 4, 4],
    'saturation changes colours, but the pictures have 4 channels.\n  Leave it out; brightness and contrast work for any number of channels.',
  ],
  [
    'rows that are no pictures',
    augment.flip(),
    [1, 16],
    'augment.apply: augmentation needs pictures [N, H, W, C], but x is 1×16.\n  Give pictures, and let the network begin with Flatten or Reshape where it wants rows; or leave augment out.',
  ],
])('%s are refused', async (_, step, shape, message) => {
  const length = shape.reduce((product, side) => product * side, 1)
  const x = new Tensor(new Uint8Array(length), shape)
  await expect(augment.apply(x, [step])).rejects.toThrow(expect.objectContaining({ message }))
})

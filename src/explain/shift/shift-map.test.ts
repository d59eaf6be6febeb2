import { expect, test } from 'vitest'
import { Tensor } from '../../base/tensor.js'
import { digits } from '../../data/sets/digits.js'
import { dense, flatten } from '../../nn/layers/index.js'
import { Sequential } from '../../train/sequential.js'
import { roomOf } from './room.js'
import { shiftMap } from './shift-map.js'

const { x, y } = digits({ train: 1, test: 6 }).test

const model = () =>
  new Sequential([flatten({ inputShape: [28, 28, 1] }), dense({ units: 10, activation: 'softmax' })], {
    seed: 3,
  })

/** The moved pictures by index arithmetic of our own: digits stand on black. */
function movedBy(dx: number, dy: number): Tensor<Uint8Array> {
  const bytes = x.data.map((_, i) => {
    const [row, place] = [Math.floor(i / 784), i % 784]
    const [column, line] = [(place % 28) - dx, Math.floor(place / 28) - dy]
    const isInside = column >= 0 && column < 28 && line >= 0 && line < 28
    return isInside ? x.data[row * 784 + line * 28 + column]! : 0
  })
  return new Tensor(bytes, x.shape, x.scaling)
}

async function expectedCell(network: Sequential, dx: number, dy: number) {
  const output = await network.predict(movedBy(dx, dy), { threads: 1 })
  const rows = Array.from(y.data, (label, row) => {
    const classes = [...output.slice(row, row + 1).data]
    return { probability: classes[label]!, right: classes.every(p => p <= classes[label]!) }
  })
  return {
    rows,
    probability: rows.reduce((sum, row) => sum + row.probability, 0) / rows.length,
    recognised: rows.filter(({ right }) => right).length / rows.length,
  }
}

test('every cell is what the network says about the pictures moved there, and the means are those of the cells', async () => {
  const network = model()
  const seen: number[] = []
  const map = await shiftMap(network, x, y.data, {
    range: 7,
    threads: 1,
    batchSize: 50,
    onProgress: (done, total) => seen.push(done / total),
  })
  expect(map.cells).toHaveLength(225)
  expect(seen.at(-1)).toBe(1)
  const rooms = Array.from(y.data, (_, row) => roomOf(x.slice(row, row + 1).data, [28, 28, 1]))
  const sums = rooms.map(() => ({ shifts: 0, right: 0 }))
  let at = 0
  for (let dy = -7; dy <= 7; dy++)
    for (let dx = -7; dx <= 7; dx++) {
      const { rows, probability, recognised } = await expectedCell(network, dx, dy)
      const cell = map.cells[at++]!
      expect(cell).toMatchObject({ dx, dy, recognised })
      expect(cell.probability).toBeCloseTo(probability, 6)
      rows.forEach(({ right }, row) => {
        const { left, right: toRight, up, down } = rooms[row]!
        if (dx < -left || dx > toRight || dy < -up || dy > down) return
        sums[row]!.shifts++
        if (right) sums[row]!.right++
      })
    }
  const shares = sums.map(({ shifts, right }) => right / shifts)
  const mean = shares.reduce((sum, share) => sum + share, 0) / 6
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 5
  expect(map.uncut.recognised).toBeCloseTo(mean, 12)
  expect(map.uncut.standardError).toBeCloseTo(Math.sqrt(variance / 6), 12)
  expect(map.uncut.shifts).toBe(sums.reduce((sum, { shifts }) => sum + shifts, 0))
  expect(map.centre).toEqual(map.cells[112])
  expect(map.room.up).toBe(Math.min(...rooms.map(({ up }) => up)))
})

test('as far as something is in the frame: at the ends there is ink, one pixel further all is black', async () => {
  const one = x.slice(3, 4)
  const map = await shiftMap(model(), one, [3], { range: 'all', threads: 1 })
  const inked = (dx: number, dy: number) =>
    movedBy(dx, dy)
      .slice(3, 4)
      .data.some(byte => byte >= 16)
  const [[left, right], [top, bottom]] = [map.dx, map.dy]
  for (const [end, further] of [
    [left, left - 1],
    [right, right + 1],
  ] as const)
    expect([inked(end, 0), inked(further, 0)]).toEqual([true, false])
  for (const [end, further] of [
    [top, top - 1],
    [bottom, bottom + 1],
  ] as const)
    expect([inked(0, end), inked(0, further)]).toEqual([true, false])
  expect(map.cells).toHaveLength((right - left + 1) * (bottom - top + 1))
})

test('an aborted map is rejected with the reason', async () => {
  const stop = new AbortController()
  const map = shiftMap(model(), x, y.data, {
    threads: 1,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('enough')),
  })
  await expect(map).rejects.toThrow('enough')
})

test.each([
  [
    { range: 28 },
    'shiftMap: range must be a whole number of pixels from 0 to 27, but is 28.\n  Use 8, or "all".',
  ],
  [{ range: 1.5 }, 'but is 1.5.'],
  [{ background: 300 }, 'shiftMap: background must be "edge" or a byte of 0 … 255, but is 300.'],
])('%o is refused', async (options, message) => {
  await expect(shiftMap(model(), x, y.data, options)).rejects.toThrow(message)
})

test('labels and pictures that do not belong together are refused', async () => {
  await expect(shiftMap(model(), x, [1, 2])).rejects.toThrow('there are 6 pictures, but 2 labels')
  await expect(shiftMap(model(), x, [0, 1, 2, 3, 4, 10])).rejects.toThrow(
    'label 10 came, but the network knows the classes 0 … 9',
  )
  const flat = new Tensor(new Uint8Array(784), [1, 784])
  await expect(shiftMap(model(), flat, [0])).rejects.toThrow(
    'pictures of N×H×W×C were expected, but 1×784 came',
  )
})

import { expect, test } from 'vitest'
import { Graph } from '../../graph/graph.js'
import { reference } from './reference.js'

const halving = () => {
  const graph = new Graph()
  const weight = graph.variable('weight', [2])
  const step = graph.apply('combine', { square: false }, [
    weight,
    graph.input('x', [2]),
    graph.input('c', [2]),
  ])
  graph.output('before', graph.apply('scale', { factor: 1 }, [weight]))
  graph.output('after', step)
  graph.update('weight', step)
  return graph
}

const open = () => reference.open([{ name: 'weight', shape: [2] }])

test('variables begin at zero, take their updates after the run and are kept in float64', async () => {
  const device = await open()
  const program = await device.compile(halving())
  const run = () => program.run({ x: Float32Array.of(1, 3), c: Float32Array.of(1, 1e-3) })
  expect(await run()).toEqual({
    before: Float32Array.of(0, 0),
    after: Float32Array.of(Math.fround(1e-3), 3 * Math.fround(1e-3)),
  })
  for (let step = 1; step < 1000; step++) await run()
  expect(device.read('weight')[0]).toBe(Math.fround(1000 * Math.fround(1e-3)))
})

test('what is read is a copy, and what is written is copied', async () => {
  const device = await open()
  const written = Float32Array.of(1, 2)
  device.write('weight', written)
  written[0] = 9
  device.read('weight')[1] = 9
  expect(device.read('weight')).toEqual(Float32Array.of(1, 2))
})

test('an update never disturbs a value read in the same run', async () => {
  const device = await open()
  device.write('weight', Float32Array.of(5, 6))
  const program = await device.compile(halving())
  const { before } = await program.run({ x: Float32Array.of(0, 0), c: Float32Array.of(0.5, 0) })
  expect(before).toEqual(Float32Array.of(5, 6))
  expect(device.read('weight')).toEqual(Float32Array.of(2.5, 3))
})

test('says what is missing or does not fit', async () => {
  const device = await open()
  const program = await device.compile(halving())
  await expect(program.run({ x: Float32Array.of(1, 2) })).rejects.toThrow('needs the input "c"')
  await expect(program.run({ x: Float32Array.of(1), c: Float32Array.of(1, 1) })).rejects.toThrow(
    'reference: input "x" holds 2 numbers (2), but 1 came.',
  )
  expect(() => device.write('weight', new Float32Array(3))).toThrow('holds 2 numbers')
  expect(() => device.read('height')).toThrow('no variable "height".\n  It was opened with: weight.')
})

test('lists its kernels and counts memory and work', async () => {
  const graph = new Graph()
  graph.label = 'dense'
  graph.output(
    'y',
    graph.apply('matmul', { transposeA: false, transposeB: false }, [
      graph.input('a', [2, 3]),
      graph.input('b', [3, 5]),
    ]),
  )
  const program = await (await reference.open([])).compile(graph)
  expect(program.kernels).toEqual([
    {
      label: 'dense',
      op: 'matmul',
      algorithm: 'float64',
      inputs: [
        [2, 3],
        [3, 5],
      ],
      output: [2, 5],
      pieces: 1,
      bytes: 248,
      flop: 60,
    },
  ])
  expect(program.flop).toBe(60)
  expect(program.bytes).toBe(80)
})

import { beforeEach, expect, test } from 'vitest'
import { hearNotices } from '../../../base/notices.js'
import { currentPlatform, type Platform, type Thread, usePlatform } from '../../../base/platform.js'
import { Random } from '../../../base/random.js'
import { Graph } from '../../graph/graph.js'
import type { Program } from '../backend.js'
import { WasmDevice } from './device.js'
import { wasmBackend } from './wasm.js'

const heard: string[] = []

const bare = currentPlatform()

// The library half knows no Node, but its test may: the threads come from Node's edge.
beforeEach(async () => {
  heard.length = 0
  hearNotices(sentence => void heard.push(sentence))
  usePlatform((await import('../../../node/platform.js')).nodePlatform)
})

/** y = x · w, w ← w + c · x: a product, a sum over the batch and an update, with more pieces than threads. */
function network(): Graph {
  const graph = new Graph()
  const [x, w] = [graph.input('x', [300, 67]), graph.variable('w', [67, 41])]
  const y = graph.apply('matmul', { transposeA: false, transposeB: false }, [x, w])
  const squares = graph.apply('matmul', { transposeA: true, transposeB: false }, [x, y])
  graph.output('sums', graph.apply('channelSum', {}, [y]))
  graph.update('w', graph.apply('combine', { square: false }, [w, squares, graph.input('c', [2])]))
  return graph
}

const specs = [{ name: 'w', shape: [67, 41] }]

function draw(length: number, name: string): Float32Array {
  const random = new Random(3, name)
  return Float32Array.from({ length }, () => random.normal())
}

async function train(threads?: number): Promise<{ w: Float32Array; sums: Float32Array }> {
  const device = await wasmBackend.open(specs, threads === undefined ? {} : { threads })
  device.write('w', draw(67 * 41, 'w'))
  const program = await device.compile(network())
  let sums = new Float32Array()
  for (let step = 0; step < 5; step++)
    sums = (await program.run({ x: draw(300 * 67, `x${step}`), c: Float32Array.of(1, -1e-4) }))
      .sums as typeof sums
  return { w: device.read('w'), sums }
}

test('the same bits on 1, 2 and 3 threads, and on none', async () => {
  const one = await train(1)
  expect(one.sums.some(value => value !== 0)).toBe(true)
  expect(await train(2)).toEqual(one)
  expect(await train(3)).toEqual(one)
  usePlatform({ ...currentPlatform(), spawn: null })
  expect(await train()).toEqual(one)
})

test.each([
  1, 2, 3,
])('measuring on %i threads computes what a run does, and gives a time for each kernel', async threads => {
  const inputs = { x: draw(300 * 67, 'x'), c: Float32Array.of(1, -1e-4) }
  const twice = async (first: (program: Program) => Promise<unknown>) => {
    const device = await wasmBackend.open(specs, { threads })
    device.write('w', draw(67 * 41, 'w'))
    const program = await device.compile(network())
    await first(program)
    return { sums: (await program.run(inputs)).sums, w: device.read('w') }
  }
  let times: readonly number[] = []
  const measured = await twice(async program => {
    times = await program.time!(inputs)
  })
  expect(measured).toEqual(await twice(program => program.run(inputs)))
  expect(times).toHaveLength(network().nodes.length)
})

test('without threads it says so, and the event loop still gets its turns', async () => {
  let turns = 0
  usePlatform({
    ...bare,
    pause: () => {
      turns++
      return bare.pause()
    },
  })
  const device = await wasmBackend.open(specs, { deterministic: true })
  expect(device.description).toBe('WebAssembly SIMD, without threads')
  const graph = new Graph()
  let x = graph.input('x', [512, 512])
  const big = graph.apply('matmul', { transposeA: false, transposeB: false }, [x, x])
  for (let i = 0; i < 6; i++) x = graph.apply('matmul', { transposeA: false, transposeB: false }, [x, big])
  graph.output('x', x)
  const program = await device.compile(graph)
  await program.run({ x: new Float32Array(512 * 512) })
  expect(turns).toBeGreaterThan(1)
})

test('many short runs without threads give the event loop its turns, too', async () => {
  usePlatform(bare)
  const device = await wasmBackend.open(specs)
  const program = await device.compile(network())
  const [x, c] = [draw(300 * 67, 'x'), Float32Array.of(1, 0)]
  let turned = false
  setTimeout(() => {
    turned = true
  }, 0)
  for (let runs = 0; !turned && runs < 10_000; runs++) await program.run({ x, c })
  expect(turned).toBe(true)
})

test('while threads compute, the caller goes on', async () => {
  const device = await wasmBackend.open([], { threads: 2 })
  const graph = new Graph()
  let x = graph.input('x', [512, 512])
  for (let i = 0; i < 20; i++) x = graph.apply('matmul', { transposeA: false, transposeB: false }, [x, x])
  graph.output('x', x)
  const program = await device.compile(graph)
  let turns = 0
  const ticking = setInterval(() => turns++, 1)
  await program.run({ x: new Float32Array(512 * 512) })
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(5)
})

test('what is made of weights alone serves until they change or another program runs', async () => {
  for (const platform of [currentPlatform(), bare]) {
    usePlatform(platform)
    const device = await wasmBackend.open(specs, { threads: 2 })
    const product = (rows: number) => {
      const graph = new Graph()
      const [x, w] = [graph.input('x', [rows, 67]), graph.variable('w', [67, 41])]
      graph.output('y', graph.apply('matmul', { transposeA: false, transposeB: false }, [x, w]))
      return graph
    }
    const [program, other] = [await device.compile(product(30)), await device.compile(product(500))]
    const training = await device.compile(network())
    const y = async (name: string) => (await program.run({ x: draw(30 * 67, name) })).y!
    device.write('w', draw(67 * 41, 'w'))
    const [a, b] = [await y('a'), await y('b')]
    expect(await y('a')).toEqual(a)
    await other.run({ x: draw(500 * 67, 'other') })
    expect(await y('b')).toEqual(b)
    await training.run({ x: draw(300 * 67, 'x'), c: Float32Array.of(1, -1e-4) })
    expect(await y('b')).not.toEqual(b)
    device.write('w', draw(67 * 41, 'w'))
    expect(await y('a')).toEqual(a)
  }
})

test('two models take turns on the same threads', async () => {
  const [a, b] = await Promise.all([train(2), train(2)])
  expect(a).toEqual(b)
})

test('a thread that dies ends the run with an error, and the next model gets new threads', async () => {
  const threads: Thread[] = []
  const platform: Platform = currentPlatform()
  usePlatform({
    ...platform,
    spawn: source => {
      const thread = platform.spawn!(
        source.replace("case 'run': {", "case 'run': { if (message.thread === 1) process.exit(7);"),
      )
      threads.push(thread)
      return thread
    },
  })
  await expect(train(4)).rejects.toThrow('Thread 2 of 4 died')
  usePlatform(platform)
  expect((await train(4)).sums).toEqual((await train(1)).sums)
})

test('where threads cannot start it computes without them, and says why', async () => {
  const platform = currentPlatform()
  const refusing: NonNullable<Platform['spawn']> = () => {
    throw new Error('forbidden here')
  }
  const dying: typeof refusing = () => platform.spawn!(`throw new Error('no script')`)
  for (const [spawn, reason] of [
    [refusing, 'forbidden here'],
    [dying, 'no script'],
  ] as const) {
    usePlatform({ ...platform, spawn })
    hearNotices(sentence => void heard.push(sentence))
    const device = await wasmBackend.open(specs, { threads: 5, deterministic: true })
    expect(device.description).toBe('WebAssembly SIMD, without threads')
    expect(heard.pop()).toMatch(
      new RegExp(`^No threads: Thread \\d of 5 cannot start: ${reason}\\. One core`),
    )
  }
  usePlatform(platform)
  expect((await wasmBackend.open(specs, { threads: 5, deterministic: true })).description).toBe(
    'WebAssembly SIMD, 5 threads',
  )
})

test('nobody misses threads who wanted only one', async () => {
  usePlatform({ ...currentPlatform(), spawn: null, withoutThreads: 'none' })
  await wasmBackend.open(specs, { threads: 1 })
  expect(heard).toEqual([])
  await wasmBackend.open(specs, { threads: 2 })
  await wasmBackend.open(specs, { threads: 2 })
  expect(heard).toEqual(['No threads: none. One core computes, more slowly, the same numbers.'])
})

test('a memory is handed on when its device is closed, and begins with zeros again', async () => {
  const first = await WasmDevice.open(specs, { threads: 2 })
  first.write('w', draw(67 * 41, 'w'))
  first.close()
  const second = await WasmDevice.open(specs, { threads: 2 })
  expect(second.memory).toBe(first.memory)
  expect(second.read('w')).toEqual(new Float32Array(67 * 41))
})

test('a closed device computes nothing: its memory may be another one by now', async () => {
  const device = await wasmBackend.open(specs, { threads: 2 })
  const program = await device.compile(network())
  device.close()
  device.close()
  await expect(program.run({ x: draw(300 * 67, 'x'), c: Float32Array.of(1, 0) })).rejects.toThrow(
    'it is closed',
  )
  expect(() => device.read('w')).toThrow('it is closed')
})

test('an input of the wrong length is named', async () => {
  const device = await wasmBackend.open(specs, { threads: 1 })
  const program = await device.compile(network())
  await expect(program.run({ x: new Float32Array(3), c: Float32Array.of(1, 1) })).rejects.toThrow(
    'Program: input "x" takes 20100 numbers, but 3 came.',
  )
})

test('a graph too large for WebAssembly is refused with what it needs, and takes nothing', async () => {
  const device = await wasmBackend.open([], { threads: 1 })
  const { bytes } = device
  const graph = new Graph()
  graph.output('y', graph.apply('scale', { factor: 2 }, [graph.input('x', [40000, 32, 32, 64])]))
  const refusal = device.compile(graph)
  await expect(refusal).rejects.toThrow('needs 19.53 GB of memory, but WebAssembly has 4.00 GB.')
  await expect(refusal).rejects.toMatchObject({ needed: device.bytesFor(graph), limit: 4 * 1024 ** 3 })
  expect(device.bytes).toBe(bytes)
})

test('variables alone can be too large', async () => {
  const hoard = [0, 1, 2].map(i => ({ name: `w${i}`, shape: [20_000, 20_000] }))
  await expect(wasmBackend.open(hoard)).rejects.toThrow(
    'needs 4.47 GB of memory, but WebAssembly has 4.00 GB.',
  )
})

import { expect, test } from 'vitest'
import type { WindowAnswer, WindowRequest } from '../../bench/protocol.js'
import { interleave, type Participant, type Rounds } from '../../bench/run/interleave.js'
import type { Part } from '../../bench/systems/system.js'
import { workloads } from '../../bench/workloads.js'

const [training] = workloads
const answer: WindowAnswer = {
  type: 'window',
  images: 70,
  seconds: 0.7,
  cpuSeconds: 1,
  peakBytes: 1,
  loss: 2.3,
}

interface Log {
  readonly title: string
  readonly request: WindowRequest
}

function participant(
  title: string,
  log: Log[],
  part: Part = {},
  reply: () => WindowAnswer = () => answer,
): Participant {
  const measure = async (request: WindowRequest) => {
    log.push({ title, request })
    return reply()
  }
  return { title, parts: { 'train/32': part }, measure }
}

/** Rounds on a machine whose other programs take what `others` says, window after window. */
function rounds(count: number, others: () => number = () => 0): Rounds {
  const observe: Rounds['observe'] = async body => ({ result: await body(), others: others() })
  return { count, seconds: 0.7, observe, tell: () => undefined }
}

test('everybody warms up, then all take turns round after round', async () => {
  const log: Log[] = []
  const all = ['a', 'b'].map(title => participant(title, log))
  const outcomes = await interleave(all, [training!], rounds(3))
  expect(log.map(({ title }) => title).join('')).toBe('aabb' + 'ababab')
  expect(log[0]!.request).toEqual({ task: 'train', batch: 32, lead: 0, seconds: 0 })
  expect(log.at(-1)!.request).toEqual({ task: 'train', batch: 32, lead: 1, seconds: 0.7 })
  for (const { windows, refusal } of outcomes) {
    expect(refusal).toBeNull()
    expect(windows.map(({ round }) => round)).toEqual([0, 1, 2])
    expect(windows[0]!.imagesPerSecond).toBeCloseTo(100)
  }
})

test('who is slow makes one step, of fewer pictures, in the first round', async () => {
  const log: Log[] = []
  const slow = participant('slow', log, { batch: 4, onceAfter: 1 })
  const [outcome] = await interleave([slow], [training!], rounds(3))
  expect(log.map(({ request }) => request)).toEqual([{ task: 'train', batch: 4, lead: 1, seconds: 0 }])
  expect(outcome!.batch).toBe(4)
  expect(outcome!.windows.length).toBe(1)
})

test('who cannot is asked once and quoted', async () => {
  const log: Log[] = []
  const unable = participant('unable', log, {}, () => {
    throw new Error('no kernel')
  })
  const [outcome] = await interleave([unable], [training!], rounds(3))
  expect(log.length).toBe(1)
  expect(outcome).toMatchObject({ refusal: 'no kernel', windows: [] })
})

test('a loss that is no number is no training', async () => {
  const broken = participant('broken', [], {}, () => ({ ...answer, loss: Number.NaN }))
  const [outcome] = await interleave([broken], [training!], rounds(1))
  expect(outcome).toMatchObject({ refusal: 'its loss is NaN', windows: [] })
})

test('a disturbed window is measured again; when all are disturbed, the least disturbed counts', async () => {
  const loads = [0, 0, /* round 1 */ 0.5, 0.01, /* round 2 */ 0.5, 0.3, 0.4]
  const log: Log[] = []
  let window = 0
  const [outcome] = await interleave(
    [participant('a', log)],
    [training!],
    rounds(2, () => loads[window++]!),
  )
  expect(outcome!.windows.map(({ others }) => others)).toEqual([0.01, 0.3])
  expect(log.length).toBe(loads.length)
})

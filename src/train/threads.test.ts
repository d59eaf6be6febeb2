import { afterEach, beforeEach, expect, test } from 'vitest'
import { hearNotices } from '../base/notices.js'
import { currentPlatform, usePlatform } from '../base/platform.js'
import type { Backend } from '../engine/backends/backend.js'
import { float32Reference, quiet, tinyData, tinyModel } from './tiny.fixture.js'

const { x, y } = tinyData()
const platform = currentPlatform()
let heard: string[]
let stopHearing: () => void

beforeEach(() => {
  heard = []
  stopHearing = hearNotices(sentence => void heard.push(sentence))
  usePlatform({ ...platform, cores: 2 })
})

afterEach(() => {
  stopHearing()
  usePlatform(platform)
})

/** A model, and the numbers of threads its devices were opened with. */
function watched() {
  const opened: (number | undefined)[] = []
  const backend: Backend = {
    name: 'watched',
    open(variables, options) {
      opened.push(options?.threads)
      return float32Reference.open(variables, options)
    },
  }
  return { model: tinyModel({}, { backend }), opened }
}

test('no more threads than cores, for fit, evaluate and predict; it is said once', async () => {
  const fitting = watched()
  await fitting.model.fit(x, y, { ...quiet, threads: 8 })
  const measuring = watched()
  await measuring.model.evaluate(x, y, { threads: 3 })
  const asking = watched()
  await asking.model.predict(x, { threads: 5 })
  expect([fitting.opened, measuring.opened, asking.opened]).toEqual([[2], [2], [2]])
  expect(heard).toEqual(['8 threads were asked for, but there are 2 cores: 2 compute.'])
})

test('as many as there are cores, or fewer, are nothing to speak of', async () => {
  const { model, opened } = watched()
  await model.fit(x, y, { ...quiet, threads: 2 })
  await model.predict(x, { threads: 1 })
  await model.predict(x)
  expect(opened).toEqual([2, 1])
  expect(heard).toEqual([])
})

test('a single core is told as one', async () => {
  usePlatform({ ...platform, cores: 1 })
  await watched().model.predict(x, { threads: 2 })
  expect(heard).toEqual(['2 threads were asked for, but there is 1 core, which computes.'])
})

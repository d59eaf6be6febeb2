import { afterAll, beforeAll, expect, test } from 'vitest'
import * as node from '../../src/index.node.js'
import { findChromium, launch } from './chromium.js'
import { type Lesson, learn, type Report } from './lesson.js'
import { isolating, openSite } from './site.js'

// The built package in a page of a real browser: no bundler, no server of its own, the modules as they are.

const chromium = findChromium()
if (!chromium)
  console.warn('No Chromium here, so pages are not tested: install one, or set CHROMIUM to its path.')
const inChromium = test.skipIf(chromium === null)

const everything: Lesson = { network: 'everything', deterministic: true, epochs: 6 }
const tutorial: Lesson = { network: 'tutorial', deterministic: true, epochs: 1 }
const missingIsolation =
  'fit: computes on one thread: the page is not cross-origin isolated: serve it with "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp".'
const policy = (text: string) => ({ ...isolating, 'Content-Security-Policy': text })

let browser: Awaited<ReturnType<typeof launch>>

beforeAll(async () => {
  if (chromium) browser = await launch(chromium)
})

afterAll(() => browser?.close())

/** What is the same bits wherever it is computed. */
const bitsOf = ({ losses, weights, predictions, measured }: Report) => ({
  losses,
  weights,
  predictions,
  measured,
})

const inNode = async (lesson: Lesson) => bitsOf(await learn(node, lesson))

/** Opens an empty page that is served with these headers, and evaluates `script` in it. */
async function visit<T>(headers: Readonly<Record<string, string>>, script: string): Promise<T> {
  const site = await openSite(headers)
  const page = await browser.newPage()
  try {
    await page.goto(site.url)
    return await page.evaluate<T>(script)
  } finally {
    await page.close()
    await site.close()
  }
}

const learning = (lesson: Lesson) => `(${learn})(fovea, ${JSON.stringify(lesson)})`

const inPage = (headers: Readonly<Record<string, string>>, lesson: Lesson): Promise<Report> =>
  visit(headers, `import('/dist/index.js').then(fovea => ${learning(lesson)})`)

inChromium.each([everything, tutorial])(
  'an isolated page computes the bits of Node, on threads: $network',
  async lesson => {
    const report = await inPage(isolating, lesson)
    expect(report.isolated).toBe(true)
    expect(report.device).toMatch(/^WebAssembly SIMD, \d+ threads?$/)
    expect(report.notices).toEqual([])
    expect(bitsOf(report)).toEqual(await inNode(lesson))
  },
)

inChromium.each([everything, tutorial])(
  'a page that is not isolated computes them on one thread, and goes on living: $network',
  async lesson => {
    const report = await inPage({}, lesson)
    expect(report.isolated).toBe(false)
    expect(report.device).toBe('WebAssembly SIMD, without threads')
    expect(report.notices).toEqual([missingIsolation])
    expect(report.ticks).toBeGreaterThan(3)
    expect(bitsOf(report)).toEqual(await inNode(lesson))
  },
)

inChromium.each([
  ['on threads', isolating],
  ['on one thread', {}],
])('without deterministic it learns as well, %s', async (_, headers) => {
  const { losses, measured } = await inPage(headers, { ...everything, deterministic: false })
  expect(losses.at(-1)).toBeLessThan(losses[0]!)
  expect(measured.every(Number.isFinite)).toBe(true)
})

inChromium.each([
  ['on threads', isolating, []],
  ['on one thread', {}, [missingIsolation]],
])('a worker of a page computes the same bits, %s', async (_, headers, notices) => {
  const script = (origin: string) =>
    `import * as fovea from '${origin}/dist/index.js'; postMessage(await ${learning(everything)})`
  const report = await visit<Report>(
    headers,
    `new Promise((resolve, reject) => {
      const source = ${JSON.stringify(script('ORIGIN'))}.replace('ORIGIN', location.origin)
      const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
      const worker = new Worker(url, { type: 'module' })
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
    })`,
  )
  expect(report.notices).toEqual(notices)
  expect(bitsOf(report)).toEqual(await inNode(everything))
})

inChromium('a page that forbids workers computes on one thread, and says what to allow', async () => {
  const strict = policy("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
  const report = await inPage(strict, everything)
  expect(report.device).toBe('WebAssembly SIMD, without threads')
  expect(report.notices).toHaveLength(1)
  expect(report.notices[0]).toContain('"worker-src blob:"')
  expect(bitsOf(report)).toEqual(await inNode(everything))

  const open = policy("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:")
  expect((await inPage(open, everything)).device).toMatch(/threads?$/)
})

inChromium('a page that forbids WebAssembly is told what to allow', async () => {
  await expect(inPage(policy("default-src 'self'; worker-src blob:"), everything)).rejects.toThrow(
    `forbids.\n  Allow it: "script-src 'self' 'wasm-unsafe-eval'".`,
  )
})

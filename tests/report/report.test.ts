import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { shapes } from '../../src/data/sets/shapes.js'
import { layers, report, Sequential } from '../../src/index.node.js'
import { findChromium, launch } from '../browser/chromium.js'
import { captureIo, fovea } from '../cli/capture.js'
import { useTemporaryFolder } from '../cli/temporary-folder.js'
import { openPage } from './open-page.js'

useTemporaryFolder()

const chromium = findChromium()
if (!chromium)
  console.warn('No Chromium here, so reports are not opened: install one, or set CHROMIUM to its path.')
const inChromium = test.skipIf(chromium === null)

const sectionIds = ['overview', 'curves', 'mistakes', 'focus', 'layers', 'shift', 'network', 'convolution']
const quick = '--data tiny --batch-size 16 --learning-rate 0.05 --epochs 2'

let browser: Awaited<ReturnType<typeof launch>>

beforeAll(async () => {
  await fovea(`train cifar10 --model small ${quick} --run small`)
  await fovea(`train cifar10 --model dense ${quick} --run dense --no-report`)
  if (chromium) browser = await launch(chromium)
}, 60_000)

afterAll(() => browser?.close())

const idsOf = (page: string): string[] => [...page.matchAll(/<section id="(\w+)">/g)].map(([, id]) => id!)

/** What stands in a section, without its tags. */
function textOf(page: string, id: string): string {
  const section = page.split(`<section id="${id}">`)[1]?.split('</section>')[0] ?? ''
  return section.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

test('train writes a report, and --no-report does not', () => {
  const page = readFileSync('small/report.html', 'utf8')
  expect(idsOf(page)).toEqual(sectionIds)
  expect(statSync('small/report.html').size).toBeLessThan(3 * 2 ** 20)
  expect(() => statSync('dense/report.html')).toThrow('ENOENT')
})

test('the numbers at a glance are those that evaluate gives', async () => {
  const { out } = await fovea('report small --weights last -o last.html')
  expect(out).toMatch(/^Report: last\.html \(\d+\.\d+ KB, opens without a network\)$/)
  const evaluated = (await fovea('evaluate small')).out
  const [, loss] = /\[([\d.]+), [\d.]+\]/.exec(evaluated)!
  const [, accuracy] = /accuracy (\d+\.\d % ± \d+\.\d)/.exec(evaluated)!
  const text = textOf(readFileSync('last.html', 'utf8'), 'overview')
  expect(text).toContain(`test accuracy ${accuracy}`)
  expect(text).toContain(`test loss ${Number(loss).toFixed(4)}`)
  expect(text).toContain('Measured on 30 pictures')
  expect(text).toContain('parameters 14,666')
  expect(text).toContain('data set cifar10')
  expect(text).not.toContain('lowest val_loss')
})

test('the best weights are shown unless told otherwise, and that is said', () => {
  const text = textOf(readFileSync('small/report.html', 'utf8'), 'overview')
  expect(text).toMatch(/The weights are those of epoch [12], which had the lowest val_loss \(\d\.\d{4}\)\./)
})

test('a run with augmentation has a chapter of what the network saw', async () => {
  await fovea(`train cifar10 --model dense ${quick} --augment flip,shift:2,mixup:1 --run augmented`)
  const page = readFileSync('augmented/report.html', 'utf8')
  expect(idsOf(page)).toEqual(sectionIds.toSpliced(2, 0, 'augmentation'))
  expect(page).toContain('<a href="#augmentation">What it saw in training</a>')
  const text = textOf(page, 'augmentation')
  expect(text).toContain('anew in each epoch (flip, shift, mixup).')
  expect(text).toMatch(/as it is epoch 1 epoch 2 (?!epoch)/)
})

test('a network without convolutions has sections that say so', async () => {
  await fovea('report dense')
  const page = readFileSync('dense/report.html', 'utf8')
  expect(textOf(page, 'layers')).toContain('has no convolution')
  expect(textOf(page, 'focus')).toContain('no convolution')
  expect(textOf(page, 'convolution')).toContain('First, second and last step')
  expect(textOf(page, 'convolution')).not.toContain('of this network')
  expect(textOf(page, 'curves')).toContain('Accuracy')
})

test('a run without history has a report without curves, which says why', async () => {
  renameSync('small/history.jsonl', 'history.jsonl')
  const { exitCode } = await fovea('report small -o bare.html')
  renameSync('history.jsonl', 'small/history.jsonl')
  expect(exitCode).toBe(0)
  const page = readFileSync('bare.html', 'utf8')
  expect(textOf(page, 'curves')).toContain('There are no curves')
  expect(textOf(page, 'overview')).toContain('small: this run has no history yet')
})

test('a damaged file of one epoch costs no curve, and is named', async () => {
  const rows = 'small/validation/epoch-0001.safetensors'
  const bytes = readFileSync(rows)
  writeFileSync(rows, bytes.subarray(0, 20))
  const { exitCode, err } = await fovea('report small -o damaged.html --threads 1')
  writeFileSync(rows, bytes)
  expect(exitCode).toBe(0)
  expect(err).toMatch(/epoch-0001\.safetensors: .* It is left out\./)
  expect(textOf(readFileSync('damaged.html', 'utf8'), 'curves')).toContain('Accuracy')
})

test('what cannot be asked for is refused before anything is computed', async () => {
  expect((await fovea('report small --weights bset')).err).toContain('Did you mean "best"?')
  expect((await fovea('report small -o page.txt')).err).toContain('-o page.txt: a report is a page.')
  expect((await fovea('report small -o nowhere/page.html')).err).toContain('there is no folder nowhere')
  const { exitCode, err } = await fovea('report smal')
  expect(exitCode).toBe(1)
  expect(err).toContain('Did you mean "small"?')
})

test('where the report cannot be written, the run is done all the same', async () => {
  mkdirSync('blocked/report.html', { recursive: true })
  const { exitCode, err, out } = await fovea(`train cifar10 --model small ${quick} --run blocked`)
  expect(exitCode).toBe(0)
  expect(out).toContain('Saved in blocked')
  expect(err).toMatch(
    /The report was not written \(blocked\/report\.html.*\)\. Make it later: npx fovea report blocked/,
  )
})

test('with --json nothing but events is said', async () => {
  const { exitCode, out } = await fovea(`train cifar10 --model small ${quick} --run events --json`)
  expect(exitCode).toBe(0)
  expect(statSync('events/report.html').size).toBeGreaterThan(10_000)
  expect(out.split('\n').every(line => 'type' in JSON.parse(line))).toBe(true)
})

test('Ctrl-C ends a report without a file', async () => {
  const { io, err, interrupt } = captureIo()
  const running = run(['report', 'small', '-o', 'interrupted.html'], io)
  await new Promise(done => setTimeout(done, 50))
  interrupt()
  expect(await running).toBe(130)
  expect(err.join()).toContain('nothing is written')
  expect(() => statSync('interrupted.html')).toThrow('ENOENT')
})

test('a model in memory has a report, too', async () => {
  const { train, test: held, classNames } = shapes({ train: 60, test: 20 })
  const model = new Sequential(
    [
      layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu', inputShape: [32, 32, 3] }),
      layers.globalAveragePooling2d(),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
    { seed: 1 },
  )
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  const history = await model.fit(train.x, train.y, {
    validationSplit: 0.5,
    verbose: 0,
    notice: () => undefined,
  })
  const told: string[] = []
  const page = await report.makeReport(
    { title: '<mine & yours>', model, history, test: held, classNames },
    { onSection: heading => told.push(heading) },
  )
  expect(told).toHaveLength(sectionIds.length)
  expect(page).toContain('<title>&lt;mine &amp; yours&gt;</title>')
  expect(textOf(page, 'layers')).toContain('2 filters of 3×3×3')
})

inChromium.each([
  ['small', 1100, false],
  ['small', 360, true],
  ['dense', 360, false],
] as const)(
  '%s opens without a network at %i px, asks for nothing and does not complain',
  async (name, width, dark) => {
    if (name === 'dense') await fovea('report dense')
    const { page, complaints } = await openPage(browser, resolve(name, 'report.html'), { width, dark })
    expect(await page.locator('section').count()).toBe(sectionIds.length)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    const ids = await page.evaluate<string[]>('[...document.querySelectorAll("[id]")].map(one => one.id)')
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    const nameless = await page.locator('svg[role=img]:not([aria-label])').count()
    expect(nameless).toBe(0)
    await page.getByRole('button', { name: 'One step on' }).click()
    expect(await page.locator('#convolution').innerText()).toContain('-96')
    expect(complaints).toEqual([])
    await page.close()
  },
)

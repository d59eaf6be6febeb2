import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { explain } from '../../src/index.node.js'
import { Model, saveModel } from '../../src/index.node.js'
import { modelFromName } from '../../src/nn/models.js'
import { sequential } from '../../src/nn/network.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'
import { writeTinyCifar10 } from './tiny-cifar10.js'

useTemporaryFolder()

/** A run folder with the curves of a network that memorises from epoch 6 on. */
function writeRun(
  path: string,
  { epochs = 20, dataset = 'shapes', validation = true, data = null as string | null } = {},
) {
  mkdirSync(path, { recursive: true })
  const settings = {
    dataset,
    data,
    model: 'small',
    optimizer: { name: 'adam', options: { learningRate: 0.001 } },
    epochs,
    batchSize: 32,
    validationSplit: 0.1,
    trainEvaluation: null,
    seed: 0,
    threads: 1,
    deterministic: false,
    checkpointEvery: 60,
  }
  writeFileSync(join(path, 'config.json'), JSON.stringify(settings))
  const lines = Array.from({ length: epochs }, (_, epoch) => ({
    type: 'epoch',
    epoch,
    logs: {
      loss: 2 * 0.8 ** epoch,
      accuracy: 1 - 0.8 * 0.8 ** epoch,
      ...(validation && {
        val_loss: 1 + (epoch < 5 ? 0.2 : 0.05) * Math.abs(epoch - 5),
        val_accuracy: 0.6 - 0.01 * Math.abs(epoch - 7),
      }),
    },
    seconds: 1,
    imagesPerSecond: 1,
    best: epoch <= 5,
  }))
  writeFileSync(join(path, 'history.jsonl'), lines.map(line => `${JSON.stringify(line)}\n`).join(''))
}

beforeAll(() => {
  writeRun('memorises')
  writeRun('short', { epochs: 2 })
  writeRun('blind', { validation: false })
})

test('a run is drawn as letters, with the verdict', async () => {
  const { exitCode, out, err } = await fovea('plot history memorises')
  expect(exitCode).toBe(0)
  expect(err).toBe('')
  expect(out).toContain('Accuracy: best 60.0 % in epoch 8')
  expect(out).toContain('Loss: best 1 in epoch 6')
  expect(out).toMatch(/▲ overfitting starts \(epoch [67]\)/)
  expect(out).toMatch(/o validation 1\.7\b/)
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /From epoch [67] the training loss keeps falling .* severe overfitting, .* The weights of epoch 6 \(validation accuracy 58\.0 % ± 2\.5\) are kept; try/,
  )
  // √(0.58 · 0.42 / 400) is 2.5 %: shapes has 4,000 pictures, a tenth of them for validation.
  expect(out.replace(/\s+/g, ' ')).toContain('would have ended after epoch 11, and kept epoch 6.')
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('--ascii needs no other letters for the curves', async () => {
  const { out } = await fovea('plot history memorises --ascii --log')
  const charts = out.split('\nFrom epoch')[0]!
  expect(charts).toMatch(/^[\x20-\x7e\n]+$/)
  expect(charts).toContain('Loss (logarithmic)')
  expect(charts).toMatch(/\* training 0\.0288/)
})

test('each kind of file is written, and a sentence says what is to be seen', async () => {
  const svg = await fovea('plot history memorises -o curves.svg --arrange column --theme dark')
  expect(svg.out).toMatch(/^Wrote curves\.svg\nFrom epoch [67] /)
  const text = readFileSync('curves.svg', 'utf8')
  expect(text).toContain('width="400"')
  expect(text).not.toContain('prefers-color-scheme')
  expect((await fovea('plot history memorises -o curves.png')).exitCode).toBe(0)
  expect(readFileSync('curves.png').subarray(1, 4).toString()).toBe('PNG')
  expect((await fovea('plot history memorises -o curves.html')).exitCode).toBe(0)
  const page = readFileSync('curves.html', 'utf8')
  expect(page).toMatch(/^<!doctype html>/i)
  const widths = Array.from(page.matchAll(/<svg [^>]*? width="(\d+)"/g), ([, width]) => Number(width))
  expect(widths).toHaveLength(2) // beside each other, and stacked for phones
  expect(Math.max(...widths)).toBeGreaterThan(700)
  expect(Math.min(...widths)).toBeLessThanOrEqual(440)
})

test('CSV: a line an epoch with standard errors', async () => {
  await fovea('plot history memorises -o curves.csv')
  const [head, first, ...rest] = readFileSync('curves.csv', 'utf8').trimEnd().split('\n')
  expect(head).toBe('epoch,loss,accuracy,val_loss,val_accuracy,val_loss_se,val_accuracy_se')
  const cells = first!.split(',').map(Number)
  expect(cells.slice(0, 5)).toEqual([1, 2, 1 - 0.8, 2, 0.6 - 0.07])
  // No rows were kept, so the loss has none.
  expect(first!.split(',')[5]).toBe('')
  expect(cells[6]).toBeCloseTo(Math.sqrt((0.53 * 0.47) / 400), 12)
  expect(rest).toHaveLength(19)
})

test('JSON: curves and diagnosis; several runs are a list', async () => {
  await fovea('plot history memorises -o one.json --patience 3')
  const one = JSON.parse(readFileSync('one.json', 'utf8')) as { run: string; diagnosis: explain.Diagnosis }
  expect(one.run).toBe('memorises')
  expect(one.diagnosis.earlyStopping).toEqual({ patience: 3, stopped: 8, kept: 5 })
  expect(one.diagnosis.classes).toBe(10)
  await fovea('plot history memorises short -o two.json')
  const two = JSON.parse(readFileSync('two.json', 'utf8')) as (typeof one)[]
  expect(two.map(({ run }) => run)).toEqual(['memorises', 'short'])
  await fovea('plot history memorises short -o two.csv')
  const lines = readFileSync('two.csv', 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(1 + 20 + 2)
  expect(lines[0]).toMatch(/^run,epoch,/)
  expect(lines.at(-1)).toMatch(/^short,2,/)
})

test('several runs are told apart, with a table', async () => {
  const { out } = await fovea('plot history memorises/ short')
  const table = out.split('\n').slice(-4)
  expect(table[0]!.split(/ {2,}/)).toEqual([
    'run',
    'epochs',
    'best epoch',
    'val. loss',
    'val. accuracy',
    'overfitting starts',
  ])
  expect(table[2]).toMatch(/^memorises +20 +6 +1 +58\.0 % ± 2\.5 +epoch [67]$/)
  expect(table[3]).toMatch(/^short +2 +2 +1\.8 +54\.0 % ± 2\.5 +–$/)
  const { out: told } = await fovea('plot history ./memorises short -o both.svg')
  expect(told).toMatch(/\.\/memorises +20 +6 /)
  expect(readFileSync('both.svg', 'utf8')).toContain('>memorises</text>')
})

test('a run without a validation part says what cannot be told', async () => {
  const { out, exitCode } = await fovea('plot history blind')
  expect(exitCode).toBe(0)
  expect(out.replace(/\s+/g, ' ')).toContain('whether the network overfits cannot be told')
  expect(out).not.toContain('validation 0')
})

test('a data set that is not at hand is not fetched', async () => {
  writeRun('far', { dataset: 'cifar10', data: 'nowhere' })
  const { out, err, exitCode } = await fovea('plot history far')
  expect(exitCode).toBe(0)
  expect(err).toBe(
    'The files of cifar10 cannot be read: whether both parts hold the same classes or the same pictures is left out.',
  )
  expect(out).toContain('give labels.')
})

test('copies in both parts are counted, and the network of the run is advised on', async () => {
  writeTinyCifar10('pictures', { perFile: 100 })
  writeRun('copies', { dataset: 'cifar10', data: 'pictures' })
  const network = sequential(modelFromName('tutorial').layers([32, 32, 3], 10))
  await saveModel(new Model(network, { seed: 1 }), 'copies/last.safetensors')
  // What a made-up picture depends on: its class, and where its noise begins.
  const picture = (row: number) =>
    `${row % 10}, ${((row % 100) * 31 + (1 + Math.floor(row / 100)) * 13) % 17}`
  const seen = new Set(Array.from({ length: 450 }, (_, row) => picture(row)))
  const shared = Array.from({ length: 50 }, (_, i) => picture(450 + i)).filter(text => seen.has(text)).length
  expect(shared).toBeGreaterThan(5)
  const { out } = await fovea('plot history copies')
  const text = out.replace(/\s+/g, ' ')
  expect(text).toContain(
    `${shared} of 50 validation pictures (${(2 * shared).toFixed(1)} %) are training pictures, too, byte for byte. Likely cause:`,
  )
  expect(text).toMatch(
    /Also: From epoch [67] .* try dropout 0\.3 before the Dense layer "dense" \(83\.1 % of the parameters are there\)/,
  )
})

test('what cannot be plotted is refused with what to do', async () => {
  mkdirSync('empty')
  writeRun('begun', { epochs: 0 })
  const refused = async (words: string) => {
    const { exitCode, err } = await fovea(`plot history ${words}`)
    expect(exitCode).toBe(1)
    return err
  }
  expect(await refused('memorise')).toContain('Did you mean "memorises"?')
  expect(await refused('empty')).toContain('empty: not a run folder')
  expect(await refused('begun')).toContain('begun: this run has no finished epoch yet')
  expect(await refused('memorises --range all')).toContain('--range should be zero or data, but is "all".')
  writeFileSync('model.safetensors', '')
  expect(await refused('model.safetensors')).toContain('a run folder was expected, but this is a file.')
  expect(await refused('memorises --theme blue')).toContain('Unknown theme "blue".')
  expect(await refused('memorises -o curves.pdf')).toContain('.svg, .png, .html, .csv, .json')
  expect(await refused('')).toContain("missing required argument 'runs'")
})

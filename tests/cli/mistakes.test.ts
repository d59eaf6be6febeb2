import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { Mistakes } from '../../src/explain/index.js'
import { loadModel } from '../../src/index.node.js'
import { loadDataset } from '../../src/node/load-dataset.js'
import { fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

/** Counted here, from what the model predicts. */
let counts: number[][]
let answers: number[]
let labels: number[]

beforeAll(async () => {
  await fovea(
    'train cifar10 --data tiny --model dense --optimizer adam --batch-size 10 --epochs 2 --run learned',
  )
  const { test: pictures } = await loadDataset('cifar10', { data: 'tiny' })
  const { data } = await (await loadModel('learned')).predict(pictures.x)
  labels = [...pictures.y.data]
  answers = labels.map((_, row) => {
    const likely = [...data.subarray(10 * row, 10 * row + 10)]
    return likely.indexOf(Math.max(...likely))
  })
  counts = Array.from({ length: 10 }, (_, shown) =>
    Array.from(
      { length: 10 },
      (_, taken) => labels.filter((l, row) => l === shown && answers[row] === taken).length,
    ),
  )
})

test('evaluate --confusion adds the matrix, whose rows are what is shown', async () => {
  const plain = await fovea('evaluate learned')
  const { exitCode, out } = await fovea('evaluate learned --confusion')
  expect(exitCode).toBe(0)
  expect(out.startsWith(`${plain.out}\n`)).toBe(true)
  const matrix = out
    .split('\n')
    .slice(-10)
    .map(line => line.slice(10).replaceAll('·', '0').match(/\d+/g)!.map(Number))
  expect(matrix).toEqual(counts)
})

test('explain mistakes tells what is to be seen, and the numbers', async () => {
  const { exitCode, out } = await fovea('explain mistakes learned --top 3')
  expect(exitCode).toBe(0)
  const right = labels.filter((label, row) => label === answers[row]).length
  expect(out).toContain(`${((100 * right) / 30).toFixed(1)} % ± `)
  expect(out).toMatch(
    /of the 30 test pictures of cifar10 were recognised\. Most often confused: \w+ taken for \w+ /,
  )
  await fovea('explain mistakes learned --top 3 -o worst.json')
  const { worst } = JSON.parse(readFileSync('worst.json', 'utf8')) as Mistakes
  const numbers = out
    .split('\n')
    .slice(-3)
    .map(line => Number(line.trim().split(/ +/)[1]))
  expect(numbers).toEqual(worst.map(({ row }) => row + 1)) // as --picture counts
  expect(out).toMatch(/highest loss +picture +shows +taken for\n─+\n( +\d+\.\d{3} .*\n?){3}$/)
})

test('-o writes the matrix as CSV and everything as JSON', async () => {
  const { out } = await fovea('explain mistakes learned -o m.csv')
  expect(out).toMatch(/^Wrote m\.csv\n\d+\.\d % ± /)
  const lines = readFileSync('m.csv', 'utf8').trimEnd().split('\n')
  expect(lines[0]).toBe('shown,airplane,automobile,bird,cat,deer,dog,frog,horse,ship,truck')
  expect(lines.slice(1).map(line => line.split(',').slice(1).map(Number))).toEqual(counts)
  await fovea('explain mistakes learned -o m.json --top 5')
  const all = JSON.parse(readFileSync('m.json', 'utf8')) as Mistakes & { dataset: string }
  expect(all.dataset).toBe('cifar10')
  expect(all.counts).toEqual(counts)
  expect(all.worst).toHaveLength(5)
  for (const { row, label, predicted } of all.worst)
    expect([labels[row], answers[row]]).toEqual([label, predicted])
  const losses = all.worst.map(({ loss }) => loss)
  expect(losses).toEqual([...losses].sort((a, b) => b - a))
})

test('-o draws: one picture, or a page that needs nothing else', async () => {
  await fovea('explain mistakes learned -o m.svg')
  const svg = readFileSync('m.svg', 'utf8')
  expect(svg.match(/<image /g)).toHaveLength(12)
  for (const heading of [
    'What was taken for what',
    'How well each class is recognised',
    'The pictures with the highest loss',
  ])
    expect(svg).toContain(`>${heading}</text>`)
  await fovea('explain mistakes learned -o m.html')
  const html = readFileSync('m.html', 'utf8')
  expect(html.match(/<svg /g)).toHaveLength(3)
  expect(/https?:/.test(html.replaceAll('http://www.w3.org/2000/svg', ''))).toBe(false)
  await fovea('explain mistakes learned -o m.png')
  expect(readFileSync('m.png').subarray(1, 4).toString()).toBe('PNG')
})

test.each([
  ['explain mistakes learned -o m.pdf', '-o m.pdf: it is not clear from the name what should be written.'],
  ['explain mistakes learned --top 0', '--top should be a whole number of at least 1, but is "0".'],
  ['explain mistakes lerned', 'Did you mean "learned"?'],
  ['explain mistakes learned --dataset mnits', 'Unknown data set "mnits".'],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, out, err } = await fovea(commandLine)
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toContain(message)
})

test('--theme fixes light or dark; another is refused before anything is measured', async () => {
  await fovea('explain mistakes learned -o auto.svg --top 3')
  await fovea('explain mistakes learned -o dark.svg --top 3 --theme dark')
  expect(readFileSync('auto.svg', 'utf8')).toContain('prefers-color-scheme')
  expect(readFileSync('dark.svg', 'utf8')).not.toContain('prefers-color-scheme')
  const { exitCode, err } = await fovea('explain mistakes learned -o no.svg --theme drak')
  expect(exitCode).toBe(1)
  expect(err).toContain('dark')
})

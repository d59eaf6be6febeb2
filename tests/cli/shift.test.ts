import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo, fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const quick = 'explain shift --dataset cifar10 --data tiny --epochs 1 --pictures 5 --range 2 --threads 1'

beforeAll(async () => {
  await fovea('train cifar10 --data tiny --model small --epochs 1 --batch-size 20 --run learned')
  await sharp({ create: { width: 50, height: 40, channels: 3, background: '#c03020' } })
    .png()
    .toFile('red.png')
}, 60_000)

test('without a run three networks are trained; maps, numbers and how they came about are printed', async () => {
  const { exitCode, out, err } = await fovea(quick)
  expect(exitCode).toBe(0)
  expect(err).toContain('Dense layers only: 100 pictures\nEpoch 1/1')
  for (const title of [
    'Dense layers only',
    'Convolutions, then flatten',
    'Convolutions, then global pooling',
  ])
    expect(out.split(title)).toHaveLength(3)
  // Five shifts of two letters each, the middle marked.
  expect(out.match(/ 0 │[ ░▒▓█]{4}\+\+[ ░▒▓█]{4}│/g)).toHaveLength(3)
  expect(out).toMatch(/^Dense layers only +1,707,274 +\d+\.\d % +says \w+, /m)
  expect(out).toContain(
    'trained on 100 pictures of cifar10 as they are (1 epoch, seed 0); then 5 test pictures',
  )
}, 60_000)

test('a run is measured on the test pictures of its data set, as numbers', async () => {
  const { exitCode, out } = await fovea('explain shift learned --range 1 --pictures 6 -o map.csv')
  expect(exitCode).toBe(0)
  expect(out).toContain('Wrote map.csv\nlearned: in the middle it says ')
  const lines = readFileSync('map.csv', 'utf8').trimEnd().split('\n')
  expect(lines[0]).toBe('network,dx,dy,probability,recognised,whole')
  expect(lines).toHaveLength(10)
  expect(lines[1]).toMatch(/^learned,-1,-1,0\.\d+,/)
  await fovea('explain shift learned --range 1 --pictures 6 -o map.json')
  const { example, networks } = JSON.parse(readFileSync('map.json', 'utf8'))
  expect(example).toEqual({ label: 0, className: 'airplane', dx: -1, dy: -1 })
  expect(lines.slice(1).map(line => Number(line.split(',')[3]))).toEqual(
    networks[0].map.cells.map(({ probability }: { probability: number }) => probability),
  )
})

test('--class says which class is the right one', async () => {
  const { out } = await fovea('explain shift learned red.png --range 1 --class ship -o map.json')
  expect(out).toContain('The right class is ship.')
  const { example } = JSON.parse(readFileSync('map.json', 'utf8'))
  expect(example).toMatchObject({ label: 8, className: 'ship' })
  await fovea('explain shift learned --range 1 --pictures 6 --class automobile -o map.json')
  expect(JSON.parse(readFileSync('map.json', 'utf8')).example.className).toBe('automobile')
})

test('a picture of another size is resized, and that is said', async () => {
  const { exitCode, out } = await fovea('explain shift learned red.png --range 2 -o map.svg')
  expect(exitCode).toBe(0)
  expect(out).toContain('red.png (50×40 pixels, resized to 32×32 as in training) was moved.')
  const svg = readFileSync('map.svg', 'utf8')
  expect(svg).toContain('inside, nothing is cut')
  expect(svg).toContain('prefers-color-scheme')
  await fovea('explain shift learned red.png --range 2 -o light.svg --theme light')
  expect(readFileSync('light.svg', 'utf8')).not.toContain('prefers-color-scheme')
})

test('Ctrl-C ends training in an orderly way', async () => {
  const { io, out, err, interrupt, listeners } = captureIo()
  const stopping = {
    ...io,
    err: (text: string) => {
      io.err(text)
      interrupt()
    },
  }
  expect(await run(quick.split(' '), stopping)).toBe(130)
  expect(err.at(-1)).toBe('Stopped; nothing was written.')
  expect(out).toEqual([])
  expect(listeners.size).toBe(0)
})

test.each([
  ['explain shift learned --epochs 3', '--epochs belongs to training, but learned is trained already.'],
  ['explain shift learned --class airplan', 'Did you mean "airplane"?'],
  ['explain shift learned -o nowhere/map.svg', '-o nowhere/map.svg: there is no folder nowhere.'],
  ['explain shift learned --theme drk', 'Did you mean "dark"?'],
  [
    'explain shift learned --dataset digits',
    'learned knows airplane, automobile, bird, …, but digits has 0, 1, 2',
  ],
  ['explain shift nowhere', 'nowhere: there is no such file or folder.'],
  ['explain shift learned none.png', 'none.png: there is no such file.'],
  ['explain shift --dataset digit', 'Did you mean "digits"?'],
  ['explain shift -o map.gif', '-o map.gif: it is not clear from the name what should be written.'],
  ['explain shift learned --range 40', 'range must be a whole number of pixels from 0 to 31, but is 40.'],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(err).toContain(message)
})

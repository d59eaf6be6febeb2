import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo } from './capture.js'
import { drawPhotos } from './draw-photos.js'
import { useTemporaryFolder } from './temporary-folder.js'

// What the program advises can be typed as it stands.

useTemporaryFolder()

const quick = '--model small --epochs 1 --no-report --size 32'.split(' ')

beforeAll(async () => {
  await drawPhotos('drawn', { left: 12, top: 12 })
  renameSync('drawn', "Anna's photos")
})

async function fovea(...words: string[]) {
  const { io, out, err } = captureIo()
  const exitCode = await run(words, io)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

test('paths in advice are quoted where a shell would take them apart', async () => {
  const trained = await fovea('train', "Anna's photos", '--run', 'runs/a run', ...quick)
  expect(trained.out).toContain("npx fovea evaluate 'runs/a run'  ")
  expect(trained.out).toContain("npx fovea predict 'runs/a run' picture.png")
  const again = await fovea('train', "Anna's photos", '--run', 'runs/a run', ...quick)
  expect(again.err).toContain("Go on with it: npx fovea train --resume 'runs/a run'.")
  const done = await fovea('train', '--resume', 'runs/a run')
  expect(done.err).toContain("npx fovea evaluate 'runs/a run'")
})

test('code in "fovea info" is valid whatever the file is called', async () => {
  copyFileSync('runs/a run/best.safetensors', "Anna's.safetensors")
  const { out } = await fovea('info', "Anna's.safetensors")
  expect(out).toContain(`npx fovea serve 'Anna'\\''s.safetensors'`)
  expect(out).toContain(`loadClassifier("Anna's.safetensors")`)
})

test('where pictures of a run have moved, the error says how to tell where they are', async () => {
  renameSync("Anna's photos", 'photos now')
  for (const words of [
    ['evaluate', 'runs/a run'],
    ['explain', 'mistakes', 'runs/a run'],
    ['train', '--resume', 'runs/a run', '--epochs', '2', '--no-report'],
  ]) {
    const { exitCode, err } = await fovea(...words)
    expect(exitCode).toBe(1)
    expect(err).toMatch(/Anna's photos: there is no such file or folder\.\n {2}.* --data FOLDER$/)
    expect((await fovea(...words, '--data', 'photos now')).exitCode).toBe(0)
  }
})

test('a share of 0 for the test is refused for what it is', async () => {
  const { err } = await fovea('train', 'photos now', '--test-split', '0', ...quick)
  expect(err).toMatch(/no picture is kept for the test at the end.*\n.*--test-split 0\.05/)
  const advised = await fovea('train', 'photos now', '--test-split', '0.05', ...quick)
  expect(advised.exitCode).toBe(0)
})

test('a folder behind --dataset is told where it belongs', async () => {
  const { err } = await fovea('explain', 'mistakes', 'runs/a run', '--dataset', 'photos now')
  expect(err).toContain(`"photos now" is a place.\n  Measure it on pictures`)
  expect(err).toContain(`npx fovea evaluate 'runs/a run' 'photos now'`)
  expect((await fovea('evaluate', 'runs/a run', 'photos now')).exitCode).toBe(0)
})

test('a glob that a shell has spelled out is told to need quotes', async () => {
  const { exitCode, err } = await fovea('data', 'photos now/left/1.png', 'photos now/left/2.png')
  expect(exitCode).toBe(1)
  expect(err).toContain("too many arguments for 'data'")
  expect(err).toContain('A glob goes in quotes')
  expect((await fovea('data', 'photos now/**/*.png')).exitCode).toBe(0)
})

test('a table may have tabs and a name that says so', async () => {
  writeFileSync('table.tsv', 'label\tfile\nleft\tphotos now/left/1.png\ntop\tphotos now/top/1.png\n')
  const { out } = await fovea('data', 'table.tsv')
  expect(out).toContain('table.tsv: 2 pictures of 2 classes (a CSV file)')
})

test('an empty --run is refused before anything is read', async () => {
  const { exitCode, out, err } = await fovea('train', 'photos now', '--run', '', ...quick)
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
  expect(err).toMatch(/^--run is empty\.\n/)
})

test('one picture is not called pictures', async () => {
  mkdirSync('one each/left', { recursive: true })
  copyFileSync('photos now/left/1.png', 'one each/left/1.png')
  const { out } = await fovea('evaluate', 'runs/a run', 'one each')
  expect(out).toMatch(/ on the 1 picture of one each$/m)
})

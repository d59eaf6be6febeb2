import { renameSync } from 'node:fs'
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
  renameSync('runs/a run/best.safetensors', "Anna's.safetensors")
  const { out } = await fovea('info', "Anna's.safetensors")
  expect(out).toContain(`npx fovea serve 'Anna'\\''s.safetensors'`)
  expect(out).toContain(`loadClassifier("Anna's.safetensors")`)
})

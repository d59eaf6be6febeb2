import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo, fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const quick =
  'lr-find cifar10 --data tiny --model small --optimizer adam --batch-size 10 --steps 40 --threads 1'

test('it prints a curve and the command that uses what was found', async () => {
  const { exitCode, out } = await fovea(`${quick} --from 0.0001 --to 1`)
  expect(exitCode).toBe(0)
  const [head, , ...rows] = out.split('\n')
  expect(head).toMatch(/^learning rate +loss/)
  expect(rows[0]).toMatch(/^ +0\.00010 +\d\.\d{3} +█+/)
  expect(out).toContain('← about here')
  const [, rate] = /Try ([\d.]+):/.exec(out)!
  expect(out).toContain(
    `npx fovea train cifar10 --data tiny --model small --optimizer adam --batch-size 10 --learning-rate ${rate}`,
  )
})

test('-o writes the drawing or the numbers, the same for the same seed', async () => {
  await fovea(`${quick} -o rates.json`)
  await fovea(`${quick} -o again.json`)
  const found = JSON.parse(readFileSync('rates.json', 'utf8')) as { rates: number[]; losses: number[] }
  expect(found.rates).toHaveLength(found.losses.length)
  expect(readFileSync('again.json', 'utf8')).toBe(readFileSync('rates.json', 'utf8'))
  const { out } = await fovea(`${quick} -o rates.svg`)
  expect(out).toContain('Wrote rates.svg')
  expect(readFileSync('rates.svg', 'utf8')).toContain('learning rate')
  await fovea(`${quick} -o rates.csv`)
  const [titles, first] = readFileSync('rates.csv', 'utf8').split('\n')
  expect(titles).toBe('learning_rate,loss,smoothed')
  expect(first).toBe([found.rates[0], found.losses[0], found.losses[0]].join(','))
})

test('rates that never help are said to', async () => {
  const { out } = await fovea(`${quick} --from 1e-12 --to 1e-10`)
  expect(out).toContain('The loss never fell: try more steps')
  expect(out).not.toContain('← about here')
})

test('Ctrl-C ends it and nothing is written', async () => {
  const { io, err, interrupt } = captureIo()
  const words = `${quick} --steps 100000 -o never.svg`.split(' ')
  const running = run(words, io)
  setTimeout(interrupt, 300)
  expect(await running).toBe(130)
  expect(err).toContain('Stopping; nothing is written.')
  expect(existsSync('never.svg')).toBe(false)
})

test.each([
  [`${quick} --from 1 --to 0.1`, 'from must be above 0 and to above it'],
  [`${quick} --steps 3`, '--steps should be a whole number of at least 10'],
  [`${quick} -o rates.txt`, 'it is not clear from the name what should be written'],
  [
    'lr-find cifra10',
    'Unknown data set "cifra10", and there is no such folder either.\n  Did you mean "cifar10"?',
  ],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, err } = await fovea(commandLine)
  expect(exitCode).toBe(1)
  expect(err).toContain(message)
})

test('places that a shell would not take as one word are quoted in the commands that are advised', async () => {
  const { out } = await fovea(
    'train shapes --model small --pictures 20 --epochs 1 --no-report --threads 1 --run run(1)',
  )
  expect(out).toMatch(/npx fovea evaluate (['"])run\(1\)\1/)
  const again = await fovea('train --resume run(1)')
  expect(again.err).toMatch(/Train on: npx fovea train --resume (['"])run\(1\)\1 --epochs 11/)
})

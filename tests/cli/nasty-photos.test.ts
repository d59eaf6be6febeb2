import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadClassifier } from '../../src/node/load-classifier.js'
import { formOf, post, tinyApp } from '../../src/serve/tiny.fixture.js'
import { fovea } from './capture.js'
import { makeNastyFolder, type NastyFolder } from './nasty-folder.js'
import { useTemporaryFolder } from './temporary-folder.js'

// Everything that folders of pictures have been seen to hold, through all commands that take pictures.

useTemporaryFolder()

let nasty: NastyFolder
let trained: Awaited<ReturnType<typeof fovea>>

const quick = '--model small --epochs 2 --no-report'

beforeAll(async () => {
  nasty = await makeNastyFolder('nasty')
  trained = await fovea(`train nasty ${quick} --run runs/nasty`)
})

/** What is said of each file that is no use, by its path in the folder. */
const complaints: Readonly<Record<string, string>> = {
  'cat/cut off.jpg': 'a JPEG file that is cut off or damaged.',
  'dog/cut off.png': 'a PNG file that is cut off or damaged.',
  'cat/page.jpg': 'not an image that can be read (it starts with "<!doctype").',
  'dog/empty.jpg': 'not an image that can be read (it starts with nothing: the file is empty).',
  'dog/bomb.png':
    'the picture says it has 20,000×20,000 pixels, but at most 100 million (65,535 a side) are decoded.',
}

/** Pictures that are odd and nothing worse. */
const odd = [
  'cat/one-pixel.png',
  'cat/deep-grey.png',
  'dog/printed.jpg',
  'dog/wide.png',
  '🐙 tintenfisch & co/line\nbreak.png',
  '🐙 tintenfisch & co/emoji 🐙🏽.png',
  '🐙 tintenfisch & co/-dash.png',
]

const faultyFiles = () => Object.values(nasty.faulty).flat()

test('train leaves out what is no use, says so, and learns the rest', () => {
  const { exitCode, out, err } = trained
  expect(exitCode).toBe(0)
  expect(err).toContain(`${faultyFiles().length} files cannot be used and are left out:`)
  for (const file of ['cat/cut off.jpg', 'cat/page.jpg', 'dog/bomb.png'])
    expect(err).toContain(`nasty/${file}: ${complaints[file]}`)
  expect(err).toContain('npx fovea data nasty lists them all')
  expect(err).toContain('Passed over 1 folder in which there is no picture: fish.')
  expect(err).toContain('Passed over 1 link that leads nowhere: cat/lost.jpg.')
  expect(err).toContain('Passed over 1 link to a folder that is looked through anyway: cat/round.')
  expect(err).toContain('1 picture lies in several classes, for example nasty/cat/which.png (cat)')
  const counts = /on nasty: (\d+) pictures, (\d+) for validation, (\d+) for the test/.exec(out)!
  expect(counts.slice(1).reduce((sum, count) => sum + Number(count), 0)).toBe(nasty.good)
})

test('evaluate measures every picture that can be read, and shows names on one line', async () => {
  const { exitCode, out, err } = await fovea('evaluate runs/nasty nasty --worst 1000')
  expect(exitCode).toBe(0)
  expect(out).toContain(`on the ${nasty.good} pictures of nasty`)
  expect(err).toContain('nasty/cat/page.jpg: not an image that can be read')
  expect(out).toContain('🐙 tintenfisch & co/line\\nbreak.png')
  const named = out.split('\n').filter(line => line.includes('nasty/'))
  expect(named).toHaveLength(nasty.good)
})

test('data names every file that is no use', async () => {
  const { out } = await fovea('data nasty')
  for (const [file, complaint] of Object.entries(complaints)) {
    expect(out).toContain(file)
    expect(out.replaceAll(/\s+/g, ' ')).toContain(complaint)
  }
})

test('predict answers every picture or says why not, and ends with 1', async () => {
  const { exitCode, out, err } = await fovea('predict runs/nasty nasty')
  expect(exitCode).toBe(1)
  for (const [file, complaint] of Object.entries(complaints))
    expect(err).toContain(`nasty/${file}: ${complaint}`)
  const rows = out.split('\n').filter(line => line.startsWith('nasty/'))
  expect(rows).toHaveLength(nasty.good)
  expect(out).toContain(`${nasty.good + faultyFiles().length} pictures: `)
  expect(out).toContain(`${faultyFiles().length} could not be read.`)
})

test('predict --json: a line for every picture, with its own name and an answer or an error', async () => {
  const { exitCode, out } = await fovea('predict runs/nasty nasty --json')
  expect(exitCode).toBe(1)
  const records = new Map<string, { error?: string; answers?: { probability: number }[] }>(
    out.split('\n').map(line => {
      const record = JSON.parse(line)
      return [record.picture, record]
    }),
  )
  expect(records.size).toBe(nasty.good + faultyFiles().length)
  for (const [file, complaint] of Object.entries(complaints))
    expect(records.get(`nasty/${file}`)).toEqual({
      picture: `nasty/${file}`,
      error: `nasty/${file}: ${complaint}`,
    })
  for (const file of odd) {
    const { answers } = records.get(`nasty/${file}`)!
    expect(answers!.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5)
  }
})

test('predict --csv: names with commas, quotes and line feeds are quoted', async () => {
  const { exitCode, out } = await fovea('predict runs/nasty nasty --csv')
  expect(exitCode).toBe(1)
  expect(out).toContain('\n"nasty/🐙 tintenfisch & co/comma, semicolon;.png",')
  expect(out).toContain('\n"nasty/🐙 tintenfisch & co/line\nbreak.png",')
  expect(out).toContain('\n"nasty/🐙 tintenfisch & co/quote""d \'twice\'.png",')
  expect(out).toMatch(/\nnasty\/cat\/cut off\.jpg,,,,nasty\/cat\/cut off\.jpg: a JPEG file that is cut off/)
})

test.each([
  ['cat/cut off.jpg', 422, 'brokenPicture'],
  ['dog/cut off.png', 422, 'brokenPicture'],
  ['cat/page.jpg', 422, 'notAPicture'],
  ['dog/bomb.png', 413, 'tooManyPixels'],
] as const)('serve refuses %s with %i', async (file, status, code) => {
  const { http } = await tinyApp({}, await loadClassifier('runs/nasty'))
  const answer = await http.inject(post(readFileSync(join('nasty', file))))
  expect(answer.statusCode).toBe(status)
  const { error } = answer.json()
  expect(error.code).toBe(code)
  expect(error.message).toContain(complaints[file])
  expect(error.advice).toMatch(/^.{10,}\.$/)
})

test('serve: an empty body is no picture, and among others a bad file costs the others nothing', async () => {
  const { http } = await tinyApp({}, await loadClassifier('runs/nasty'))
  expect((await http.inject(post(readFileSync('nasty/dog/empty.jpg')))).statusCode).toBe(400)
  const files = [...odd, ...Object.keys(complaints)].map(
    (file, i) => [`${i}`, readFileSync(join('nasty', file))] as const,
  )
  const { payload, headers } = formOf(files)
  const warnings: string[] = []
  const listen = (warning: Error) => void warnings.push(warning.name)
  process.on('warning', listen)
  const answer = await http.inject(post(payload, headers))
  process.off('warning', listen)
  expect(warnings).toEqual([])
  expect(answer.statusCode).toBe(200)
  const { predictions } = answer.json()
  expect(predictions).toHaveLength(files.length)
  for (const [i, prediction] of predictions.entries())
    expect('error' in prediction, files[i]![0]).toBe(i >= odd.length)
  expect((await http.inject('/health')).statusCode).toBe(200)
})

test('one class only: also where the files of all others are no use, and where there is none', async () => {
  for (const [to, from] of [
    ['one/cat/1.jpg', 'cat/cat 1.jpg'],
    ['one/cat/2.jpg', 'cat/cat 2.jpg'],
    ['one/dog/1.jpg', 'cat/page.jpg'],
    ['one/fish/1.png', 'dog/bomb.png'],
    ['none/cat/1.jpg', 'cat/page.jpg'],
    ['none/dog/1.png', 'dog/bomb.png'],
  ] as const) {
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(join('nasty', from), to)
  }
  for (const [place, said] of [
    ['one', 'one has pictures of one class only (cat), so there is nothing to tell apart.'],
    ['none', 'none: none of the pictures that were looked at can be used.\n  See why: npx fovea data none'],
    ['nasty/cat', 'nasty/cat holds 31 pictures, but no class folders, so the classes are not known.'],
    ['nasty/fish', 'No pictures were found in nasty/fish.'],
  ] as const) {
    const { exitCode, err } = await fovea(`train ${place} ${quick} --run refused`)
    expect(exitCode).toBe(1)
    expect(err).toContain(said)
    expect(existsSync('refused')).toBe(false)
  }
})

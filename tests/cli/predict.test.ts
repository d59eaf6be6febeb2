import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import type { CliIo } from '../../src/cli/io.js'
import { run } from '../../src/cli/main.js'
import { layers, loadClassifier, Sequential, Tensor } from '../../src/index.node.js'
import { encodeModel } from '../../src/io/model-file.js'
import { captureIo, fovea } from './capture.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

const calibration = {
  temperature: 1,
  threshold: 0.7,
  reliability: 0.9,
  pictures: 100,
  answered: 0.5,
  expectedCalibrationError: { before: 0.1, after: 0.02 },
}

/** Grey pictures of 4×4 by their light: the share of white is the logit of `light` against that of `dark, "really"`. */
function modelBytes(calibrated: boolean): Uint8Array {
  const model = new Sequential([
    layers.flatten({ inputShape: [4, 4, 1] }),
    layers.dense({ units: 3, activation: 'softmax' }),
  ])
  const kernel = new Tensor(
    Float32Array.from({ length: 48 }, (_, i) => [-0.5, 0.5, 0][i % 3]!),
    [16, 3],
  )
  const bias = new Tensor(Float32Array.from([4, -4, -2]), [3])
  return encodeModel({
    network: model.network,
    weights: new Map([
      ['dense/kernel', kernel],
      ['dense/bias', bias],
    ]),
    preprocessing: { scale: 1 / 255, offset: 0 },
    classNames: ['dark, "really"', 'light', 'neither'],
    ...(calibrated && { calibration }),
  })
}

const writeGrey = (path: string, light: number) =>
  sharp({ create: { width: 6, height: 5, channels: 3, background: { r: light, g: light, b: light } } })
    .png()
    .toFile(path)

beforeAll(async () => {
  writeFileSync('model.safetensors', modelBytes(false))
  writeFileSync('sure.safetensors', modelBytes(true))
  await writeGrey('black.png', 0)
  await writeGrey('white.png', 255)
  await writeGrey('middle.png', 130)
  writeFileSync('torn.png', readFileSync('black.png').subarray(0, 60))
  mkdirSync('many/deep', { recursive: true })
  for (let i = 0; i < 150; i++)
    writeFileSync(
      `many/${i < 140 ? '' : 'deep/'}${i}.png`,
      readFileSync(i % 3 === 0 ? 'white.png' : 'black.png'),
    )
  mkdirSync('out')
})

/** A command line with bytes on standard input, a chunk at a time. */
async function withInput(commandLine: string, ...chunks: (string | Uint8Array)[]) {
  async function* input() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
  }
  const { io, out, err } = captureIo(input())
  const exitCode = await run(commandLine.split(' '), io)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

const jsonOf = (out: string) =>
  out.split('\n').map(line => JSON.parse(line) as { picture: string; answers?: { className: string }[] })

test('a calibrated model says beside the class which answers are not sure', async () => {
  const { exitCode, out } = await fovea('predict sure.safetensors black.png middle.png white.png --top 2')
  expect(exitCode).toBe(0)
  const lines = out.split('\n')
  expect(lines[0]).toMatch(/^picture {5}class {22}probability {2}runner-up$/)
  expect(lines.slice(2)).toEqual([
    expect.stringMatching(/^black\.png {3}dark, "really" +9\d\.\d % {2}neither 0\.\d %$/),
    expect.stringMatching(/^middle\.png {2}light \(not sure\) +\d\d\.\d % {2}dark, "really" \d\d\.\d %$/),
    expect.stringMatching(/^white\.png {3}light +9\d\.\d % {2}neither 0\.\d %$/),
    '',
    '3 pictures: 1 not sure.',
  ])
})

test('--top is how many answers there are', async () => {
  const { out } = await fovea('predict model.safetensors black.png --top 1')
  expect(out.split('\n')[0]).toMatch(/probability$/)
  const { out: json } = await fovea('predict model.safetensors black.png --json --top 9')
  expect(jsonOf(json)[0]!.answers).toHaveLength(3)
  expect((await fovea('predict model.safetensors black.png --top 0')).err).toContain('--top should be')
})

test('the answers are those of the library', async () => {
  const { out } = await fovea('predict sure.safetensors middle.png --json')
  const prediction = await (await loadClassifier('sure.safetensors')).predict('middle.png')
  expect(JSON.parse(out)).toEqual({ picture: 'middle.png', ...prediction })
  expect(prediction.sure).toBe(false)
})

test('folders and globs are looked through, batch by batch, and many are counted by class', async () => {
  const { exitCode, out, err } = await fovea('predict model.safetensors many')
  expect([exitCode, err]).toEqual([0, ''])
  const lines = out.split('\n')
  const rows = lines.slice(2, -3)
  expect(rows).toHaveLength(150)
  const columns = new Set(rows.map(row => row.search(/dark|light/)))
  expect(columns.size).toBe(1)
  for (const row of rows) {
    const number = Number(/(\d+)\.png/.exec(row)![1])
    expect(row, row).toContain(number % 3 === 0 ? ' light ' : ' dark, "really" ')
  }
  expect(lines.slice(-2)).toEqual(['150 pictures.', 'dark, "really" 100 · light 50'])
  const glob = await fovea('predict model.safetensors many/**/14?.png --csv')
  expect(glob.out.split('\n')).toHaveLength(11)
})

test('broken pictures are told in a line each, the others are answered, and the exit code is 1', async () => {
  writeFileSync('text.png', 'no picture')
  const { exitCode, out, err } = await fovea(
    'predict model.safetensors black.png torn.png text.png white.png',
  )
  expect(exitCode).toBe(1)
  expect(err.split('\n')).toEqual([
    'torn.png: a PNG file that is cut off or damaged.',
    'text.png: not an image that can be read (it starts with "no pictur").',
  ])
  expect(out.split('\n').slice(2)).toEqual([
    expect.stringMatching(/^black\.png/),
    expect.stringMatching(/^white\.png/),
    '',
    '4 pictures: 2 could not be read.',
  ])
  const json = await fovea('predict model.safetensors torn.png white.png --json')
  expect(jsonOf(json.out)[0]).toEqual({
    picture: 'torn.png',
    error: 'torn.png: a PNG file that is cut off or damaged.',
  })
  expect(jsonOf(json.out)[1]!.picture).toBe('white.png')
  expect(json.err).toContain('2 pictures: 1 could not be read.')
})

const csvTitles = ['file', 'class', 'probability', 'sure', 'error']

test('--csv is read by any other program', async () => {
  writeFileSync('a, "quoted"\n.png', readFileSync('black.png'))
  const { out } = await withInput(
    'predict sure.safetensors --csv',
    'a, "quoted"\n.png\0middle.png\0torn.png\0',
  )
  const rows = parse(out) as string[][]
  expect(rows[0]).toEqual(csvTitles)
  expect(rows[1]!.slice(0, 2)).toEqual(['a, "quoted"\n.png', 'dark, "really"'])
  expect(Number(rows[1]![2])).toBeGreaterThan(0.9)
  expect(rows.slice(1).map(row => row[3])).toEqual(['true', 'false', ''])
  expect(rows[3]).toEqual(['torn.png', '', '', '', 'torn.png: a PNG file that is cut off or damaged.'])
  const unknown = await fovea('predict model.safetensors middle.png --csv')
  expect((parse(unknown.out) as string[][])[1]![3]).toBe('')
})

test('-o writes CSV or JSON by its ending, and says so', async () => {
  const csv = await fovea('predict sure.safetensors many torn.png -o out/answers.csv')
  expect(csv.exitCode).toBe(1)
  expect(csv.out.split('\n')).toEqual([
    '151 pictures: 1 could not be read.',
    'dark, "really" 100 · light 50',
    'Wrote out/answers.csv',
  ])
  expect(parse(readFileSync('out/answers.csv')) as string[][]).toHaveLength(152)
  const json = await fovea('predict sure.safetensors many torn.png -o out/answers.json --csv')
  const list = JSON.parse(readFileSync('out/answers.json', 'utf8')) as { picture: string }[]
  expect(list.map(({ picture }) => picture)).toEqual(
    (parse(json.out) as string[][]).slice(1).map(([picture]) => picture),
  )
  expect(json.err).toContain('Wrote out/answers.json')
  expect(readdirSync('out').sort()).toEqual(['answers.csv', 'answers.json'])
})

test('the bytes of one picture may come on standard input', async () => {
  const bytes = readFileSync('white.png')
  const { exitCode, out } = await withInput(
    'predict model.safetensors - --json',
    bytes.subarray(0, 3),
    bytes.subarray(3),
  )
  expect(exitCode).toBe(0)
  expect(jsonOf(out)).toMatchObject([{ picture: '-', answers: [{ className: 'light' }, {}, {}] }])
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
  expect((await withInput('predict model.safetensors', svg)).out).toMatch(/\n- +dark/)
  const torn = await withInput('predict model.safetensors -', bytes.subarray(0, 40))
  expect([torn.exitCode, torn.out]).toEqual([1, ''])
  expect(torn.err).toContain('standard input: a PNG file that is cut off or damaged.')
})

test('or a list of paths, one a line, with whatever ends lines', async () => {
  writeFileSync('BM.png', readFileSync('black.png'))
  const { out, err, exitCode } = await withInput(
    'predict model.safetensors --json',
    'BM.png\r\nwhi',
    'te.png\n\n',
    'none.png\nout\nblack.png',
  )
  expect(exitCode).toBe(1)
  expect(jsonOf(out).map(({ picture }) => picture)).toEqual([
    'BM.png',
    'white.png',
    'none.png',
    'out',
    'black.png',
  ])
  expect(err.split('\n')).toEqual([
    'none.png: there is no such file.',
    'out: a picture was expected, but this is a folder.',
    '5 pictures: 2 could not be read.',
  ])
})

test('a list is answered while it is still being written', async () => {
  const { io, out } = captureIo(input())
  async function* input() {
    for (const [asked, name] of ['black.png', 'white.png'].entries()) {
      yield new TextEncoder().encode(`${name}\n`)
      // With answers that waited for more paths this would never end.
      while (out.length <= asked) await new Promise(resolve => setTimeout(resolve, 5))
    }
  }
  expect(await run('predict model.safetensors - --json'.split(' '), io)).toBe(0)
  expect(jsonOf(out.join('\n')).map(({ picture }) => picture)).toEqual(['black.png', 'white.png'])
})

test('Ctrl-C stops with what is known, in the file, too', async () => {
  const captured = captureIo()
  const io: CliIo = {
    ...captured.io,
    out: text => {
      captured.io.out(text)
      if (captured.out.length === 3) captured.interrupt()
    },
  }
  expect(await run('predict model.safetensors many --json -o out/part.json'.split(' '), io)).toBe(130)
  const list = JSON.parse(readFileSync('out/part.json', 'utf8')) as unknown[]
  expect(list.length).toBeGreaterThanOrEqual(3)
  expect(list.length).toBeLessThan(150)
  expect(captured.out).toHaveLength(list.length)
  expect(captured.err).toEqual([
    'Stopping with what is known. Ctrl-C again quits at once.',
    `Stopped after ${list.length} of 150 pictures.`,
    'Wrote out/part.json',
  ])
  expect(captured.listeners.size).toBe(0)
})

test('on a terminal a line tells how far it is, and makes room for the rows', async () => {
  const captured = captureIo()
  const drawn: string[] = []
  const terminal = { columns: 60, write: (text: string) => void drawn.push(text) }
  const io = { ...captured.io, terminal }
  expect(await run('predict model.safetensors many'.split(' '), io)).toBe(0)
  expect(drawn[0]).toMatch(/^\r\d+ of 150 pictures · [\d.]+ images\/s · .* left/)
  expect(drawn.at(-1)).toBe('\r\u001b[K')
  expect(drawn.every(text => text.length < 60 + 5)).toBe(true)
})

test.each([
  [
    'predict model.safetensors',
    'predict: which pictures? None was given, and nothing comes on standard input.',
  ],
  [
    'predict model.safetensors - black.png',
    '"-" means that the pictures come on standard input, but 1 other',
  ],
  ['predict model.safetensors black.png --json --csv', '--json and --csv cannot both be printed.'],
  ['predict model.safetensors black.png -o out.txt', 'Give a name that ends in .csv or .json.'],
  ['predict model.safetensors black.png -o nowhere/a.csv', 'there is no folder nowhere.'],
  ['predict model.safetensors black.png none.png', 'none.png: there is no such file or folder.'],
  ['predict black.png black.png', 'black.png: '],
])('%s is refused', async (commandLine, message) => {
  const { exitCode, out, err } = await fovea(commandLine)
  expect([exitCode, out]).toEqual([1, ''])
  expect(err).toContain(message)
  expect(err).not.toContain('    at ')
  expect(existsSync('nowhere')).toBe(false)
})

test('standard input that says nothing, or nonsense, is refused', async () => {
  const empty = await withInput('predict model.safetensors -')
  expect([empty.exitCode, empty.err]).toEqual([1, expect.stringContaining('but nothing came.')])
  const nonsense = await withInput('predict model.safetensors -', 'x'.repeat(70_000))
  expect([nonsense.exitCode, nonsense.err]).toEqual([
    1,
    expect.stringContaining('neither a picture nor a list of paths.'),
  ])
})

test('a model that does not take pictures is refused', async () => {
  const rows = new Sequential([layers.dense({ units: 2, inputShape: [3] })])
  writeFileSync('rows.safetensors', encodeModel({ network: rows.network, weights: rows.getWeights() }))
  const { exitCode, err } = await fovea('predict rows.safetensors black.png')
  expect([exitCode, err]).toEqual([
    1,
    expect.stringContaining('does not take pictures of height×width×1 or ×3'),
  ])
})

import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { columnsOf } from '../../src/base/columns.js'
import { run } from '../../src/cli/main.js'
import { decodePicture } from '../../src/node/pictures/decode.js'
import { captureIo, fovea } from './capture.js'
import { drawPhotos } from './draw-photos.js'
import { useTemporaryFolder } from './temporary-folder.js'

// Names that are hard, numbers of classes and pictures at the edge, and pictures that are more than they seem.

useTemporaryFolder()

const quick = '--model small --epochs 1 --no-report --size 32'

beforeAll(async () => {
  await drawPhotos('photos', { left: 12, top: 12 })
})

/** Pictures that differ, as many as are asked for, of a few pixels. */
async function dots(folder: string, count: number, first: number, width = 3, height = 3): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < count; i++) {
    const background = { r: (first + i) % 256, g: Math.floor((first + i) / 256) % 256, b: 90 }
    await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toFile(join(folder, `${i}.png`))
  }
}

const settingsOf = (run: string) => JSON.parse(readFileSync(`${run}/config.json`, 'utf8'))

test('a folder that is called as a data set is one where it is written as a path', async () => {
  cpSync('photos', 'cifar10', { recursive: true })
  for (const [i, place] of ['./cifar10', 'cifar10/', `${process.cwd()}/cifar10`].entries()) {
    const { exitCode, out } = await fovea(`train ${place} ${quick} --run called/${i}`)
    expect(exitCode).toBe(0)
    expect(out).toContain('24 pictures of 2 classes')
    expect(settingsOf(`called/${i}`)).toMatchObject({
      dataset: 'cifar10',
      data: `${process.cwd()}/cifar10`,
      folder: { height: 32 },
    })
  }
  expect((await fovea('evaluate called/0')).out).toMatch(/on the \d+ test pictures of cifar10/)
  copyFileSync('called/0/best.safetensors', 'alone.safetensors')
  expect((await fovea('evaluate alone.safetensors')).err).toContain(
    'alone.safetensors was trained on pictures of a folder (cifar10), but it is no run folder',
  )
  const asDataset = await fovea('train cifar10 --resume called/0 --epochs 2')
  expect(asDataset.err).toContain('The data set "cifar10" cannot be given with --resume')
  const named = await fovea(`train cifar10 --data tiny --model small --epochs 1 --no-report --run called/set`)
  expect(named.exitCode).toBe(0)
  expect(settingsOf('called/set').folder).toBeNull()
})

test('places as people write them: slashes, dots, blanks and links', async () => {
  mkdirSync('my pictures')
  cpSync('photos', 'my pictures/of signs', { recursive: true })
  symlinkSync('photos', 'link')
  const top = process.cwd()
  for (const [from, place, name] of [
    ['.', 'photos///', 'photos'],
    ['photos', '.', 'photos'],
    ['photos/left', '..', 'photos'],
    ['.', 'my pictures/of signs', 'of signs'],
    ['.', 'link', 'link'],
  ] as const) {
    process.chdir(from)
    const path = join(top, 'placed', place.replaceAll(/[^a-z]/g, '-'))
    const { io, out, err } = captureIo()
    const exitCode = await run(['train', place, ...quick.split(' '), '--run', path], io)
    process.chdir(top)
    expect([place, exitCode, err]).toEqual([place, 0, []])
    expect(out.join('\n')).toContain('24 pictures of 2 classes')
    expect(settingsOf(path).dataset).toBe(name)
    expect((await fovea(`evaluate ${path}`)).exitCode).toBe(0)
  }
})

test('classes of any name: commas, quotes, emoji, marks that turn writing round, words of the language', async () => {
  const names = [
    'a,b',
    'a',
    'b,c',
    '"quoted"',
    '🐙',
    '\u202ertl',
    'x'.repeat(200),
    '__proto__',
    'constructor',
    'toString',
  ]
  for (const [i, name] of names.entries()) await dots(`hard/${name}`, 4, 20 * i)
  expect((await fovea(`train hard ${quick} --run hard-run`)).exitCode).toBe(0)
  const { out } = await fovea('evaluate hard-run hard')
  expect(out).toContain('on the 40 pictures of hard')
  expect(out).not.toContain('\u202e')
  expect(out).toMatch(/\n__proto__ +4 /)
  expect(out).toMatch(/\n\\u\{202e\}rtl +4 /)
  const { out: json } = await fovea('predict hard-run hard/__proto__ hard/a --json --top 20')
  for (const line of json.split('\n')) {
    const { answers } = JSON.parse(line)
    expect(answers.map(({ className }: { className: string }) => className).sort()).toEqual([...names].sort())
  }
  for (const command of [
    'info hard-run',
    'data hard',
    'explain mistakes hard-run',
    'predict hard-run hard',
  ]) {
    const told = await fovea(command)
    expect([command, told.exitCode]).toEqual([command, 0])
    expect(told.out, command).not.toContain('\u202e')
  }
})

test('classes in any script: tables are aligned, and every drawing of them can be a PNG file', async () => {
  const names = ['собака', 'قطة', 'कुत्ता', '猫', '🐱']
  for (const [i, name] of names.entries()) await dots(`scripts/${name}`, 12, 20 * i, 8, 8)
  const looked = await fovea('data scripts -o sheet.png')
  expect(looked.exitCode).toBe(0)
  const rows = (await fovea('data scripts')).out
    .split('\n')
    .filter(line => names.some(name => line.startsWith(name)))
  expect(rows).toHaveLength(names.length)
  expect(new Set(rows.map(columnsOf)).size).toBe(1)
  expect((await fovea(`train scripts ${quick} --run scripts-run`)).exitCode).toBe(0)
  expect((await fovea('explain mistakes scripts-run -o mistakes.png')).exitCode).toBe(0)
  for (const file of ['sheet.png', 'mistakes.png']) {
    const { dominant, ...stats } = await sharp(file).stats()
    expect(stats.entropy).toBeGreaterThan(0.5)
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(200) // paper
  }
})

test('256 classes are learned, 257 refused', async () => {
  for (let i = 0; i < 256; i++) await dots(`many/${i}`, 3, 3 * i)
  const { exitCode, out } = await fovea(`train many ${quick} --size 8 --run many-run`)
  expect(exitCode).toBe(0)
  expect(out).toContain('768 pictures of 256 classes')
  expect((await fovea('evaluate many-run')).out).toContain('on the 256 test pictures of many')
  await dots('many/256', 3, 768)
  const more = await fovea(`train many ${quick} --size 8`)
  expect(more.exitCode).toBe(1)
  expect(more.err).toContain('many has 257 classes, but at most 256 can be told apart.')
})

test('a class of one picture is trained on; copies of one picture are too few', async () => {
  await dots('lonely/a', 1, 0)
  await dots('lonely/b', 12, 100)
  const lonely = await fovea(`train lonely ${quick} --run lonely-run`)
  expect(lonely.exitCode).toBe(0)
  expect(lonely.err).toContain('The classes are uneven: b has 12 pictures, a 1 (12 times fewer).')
  expect((await fovea('evaluate lonely-run')).out).toMatch(/\na +0 +0 +– /)
  for (const kind of ['a', 'b']) {
    mkdirSync(`same/${kind}`, { recursive: true })
    for (let i = 0; i < 8; i++) copyFileSync('lonely/a/0.png', `same/${kind}/${i}.png`)
  }
  const same = await fovea(`train same ${quick}`)
  expect(same.exitCode).toBe(1)
  expect(same.err).toContain('same: 16 pictures of 2 classes, 1 without copies, are too few to train on')
})

test('strips of one pixel and animations are pictures; of an animation the first frame counts', async () => {
  await dots('strips/wide', 5, 0, 5000, 1)
  await dots('strips/high', 5, 50, 1, 5000)
  const frames = await Promise.all(
    [10, 120, 240].map(r =>
      sharp({ create: { width: 20, height: 20, channels: 3, background: { r, g: 0, b: 0 } } })
        .png()
        .toBuffer(),
    ),
  )
  const animation = sharp(frames, { join: { animated: true } })
  for (const ending of ['gif', 'webp'] as const) {
    const bytes = await animation.clone()[ending]().toBuffer()
    expect((await sharp(bytes).metadata()).pages).toBe(3)
    writeFileSync(`strips/wide/animated.${ending}`, bytes)
    const { shape, data } = await decodePicture(bytes, ending, 3)
    expect(shape).toEqual([20, 20, 3])
    expect(data[0]).toBeLessThan(30)
  }
  const { exitCode, err, out } = await fovea(`train strips ${quick} --run strips-run`)
  expect([exitCode, err]).toEqual([0, ''])
  expect(out).toContain('strips: 12 pictures of 2 classes')
  expect((await fovea('predict strips-run strips')).exitCode).toBe(0)
})

test('an SVG neither fetches nor reads other files, nor grows without end', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    response.end()
  }).listen(0)
  const { port } = server.address() as AddressInfo
  const svg = (content: string, size = 40) =>
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${content}</svg>`)
  const at = 'width="40" height="40"'
  const picture = `file://${process.cwd()}/photos/left/0.png`
  const references = svg(
    `<image href="http://127.0.0.1:${port}/a.png" ${at}/><image href="${picture}" ${at}/>`,
  )
  const { data } = await decodePicture(references, 'references.svg', 3)
  server.close()
  expect(asked).toEqual([])
  expect(data.every(byte => byte === 255)).toBe(true)
  await expect(decodePicture(svg('', 100_000), 'huge.svg', 3)).rejects.toMatchObject({ fault: 'tooLarge' })
  const entities = Array.from({ length: 9 }, (_, i) => {
    const inner = i === 0 ? 'ha' : `&e${i - 1};`.repeat(10)
    return `<!ENTITY e${i} "${inner}">`
  })
  const laughs = Buffer.from(`<!DOCTYPE svg [${entities.join('')}]>${svg('<text y="20">&e8;</text>')}`)
  await expect(decodePicture(laughs, 'laughs.svg', 3)).rejects.toThrow(
    'laughs.svg: not an image that can be read',
  )
})

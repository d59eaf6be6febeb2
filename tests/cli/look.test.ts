import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/cli/main.js'
import { captureIo, fovea } from './capture.js'
import { makeNastyFolder, type NastyFolder, permissionsHold } from './nasty-folder.js'
import { useTemporaryFolder } from './temporary-folder.js'

useTemporaryFolder()

let counter = 0

/** Makes pictures of a few spots, all of them different; `size` is their width and height. */
async function paint(files: readonly string[], [width, height] = [48, 48]): Promise<void> {
  for (const file of files) {
    counter++
    mkdirSync(dirname(file), { recursive: true })
    const pixels = Uint8Array.from(
      { length: 5 * 5 * 3 },
      (_, i) => (counter * 37 + i * i * 91 * counter) % 256,
    )
    await sharp(pixels, { raw: { width: 5, height: 5, channels: 3 } })
      .resize(width, height, { fit: 'fill' })
      .png()
      .toFile(file)
  }
}

const numbered = (folder: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${folder}/${i}.png`)

describe('a folder with everything in it', () => {
  let nasty: NastyFolder
  let out: string
  beforeAll(async () => {
    nasty = await makeNastyFolder('nasty')
    const spoken = await fovea('data nasty')
    expect([spoken.exitCode, spoken.err]).toEqual([0, ''])
    out = spoken.out
  })

  test('is told in one line, and class by class as training would divide it', () => {
    const [first] = out.split('\n')
    expect(first).toMatch(
      new RegExp(
        `^nasty: ${nasty.good} pictures of 3 classes \\(a folder for each class\\), \\d+\\.\\d\\d KB$`,
      ),
    )
    const rows = nasty.classNames.map(name => out.split('\n').find(line => line.startsWith(`${name} `))!)
    const numbers = rows.map(row =>
      row
        .slice(row.search(/ {2,}\d/))
        .match(/\d+(\.\d)?/g)!
        .map(Number),
    )
    expect(numbers.reduce((sum, [pictures]) => sum + pictures!, 0)).toBe(nasty.good)
    for (const [pictures, share, train, validation, test] of numbers) {
      expect(train! + validation! + test!).toBe(pictures)
      expect(share).toBeCloseTo((100 * pictures!) / nasty.good, 0)
      expect(Math.min(train!, validation!, test!)).toBeGreaterThan(0)
    }
    expect(out).toMatch(
      /^Training would divide them by the hash of their content: \d+\.\d % train, \d+\.\d % validation, \d+\.\d % test\.$/m,
    )
  })

  test('sizes: the extremes by name, what cropping takes away, what is in colour', () => {
    expect(out).toContain('  smallest  1×1      nasty/cat/one-pixel.png\n')
    expect(out).toContain('  median    64×64\n')
    expect(out).toContain('  largest   128×128  nasty/dog/full.png\n')
    expect(out).toContain(
      `  1 of ${nasty.good} not square: cropping takes 75.0 % of it away (nasty/dog/wide.png)\n`,
    )
    expect(out).toContain(`  ${nasty.good - 1} of ${nasty.good} in colour, 1 grey\n`)
  })

  test('every broken file is named with its reason', () => {
    const count = Object.values(nasty.faulty).flat().length
    expect(out).toContain(`\nBroken files: ${count}, which training leaves out\n`)
    for (const line of [
      '  cut off or damaged: 2',
      '    nasty/cat/cut off.jpg: a JPEG file that is cut off or damaged.',
      '    nasty/dog/cut off.png: a PNG file that is cut off or damaged.',
      '  no pictures: 2',
      '    nasty/cat/page.jpg: not an image that can be read (it starts with "<!doctype").',
      '    nasty/dog/empty.jpg: not an image that can be read (it starts with nothing: the file is empty).',
      '  too large: 1',
      '    nasty/dog/bomb.png: the picture says it has 20,000×20,000 pixels, but at most 100 million (65,535 a side) are decoded.',
    ])
      expect(out.split('\n')).toContain(line)
    const listed = out.split('\n').filter(line => line.startsWith('    nasty/'))
    expect(listed).toHaveLength(count)
  })

  test.skipIf(!permissionsHold)(
    'so is one that may not be read (skipped: who runs this may read all)',
    () => {
      expect(out).toContain(
        '  cannot be read: 1\n    nasty/dog/closed.png: cannot be read: permission denied.\n',
      )
    },
  )

  test('what was passed over is said: an empty class, links in a circle and to nowhere, other files', () => {
    for (const sentence of [
      'Passed over 1 folder in which there is no picture: fish.',
      'Passed over 1 link that leads nowhere: cat/lost.jpg.',
      'Passed over 1 link to a folder that is looked through anyway: cat/round.',
      'Passed over 1 file that is no picture: 1 .txt.',
    ])
      expect(out.split('\n')).toContain(`  ${sentence}`)
  })

  test('files of the same content: those in two classes first', () => {
    expect(out).toContain(
      [
        'Same content: 2 groups of 4 files',
        '  1 in several classes: a network cannot learn both',
        '  · nasty/cat/which.png (cat) = nasty/dog/which.png (dog)',
        '  · nasty/cat/twin again.png = nasty/cat/twin.png',
      ].join('\n'),
    )
  })

  test('a picture and its copy at half the size look alike, and no others', () => {
    expect(out).toMatch(
      /\nLook alike: 1 group of 2 different files, as if resized or compressed again\n(.*parts.*\n)? {2}· nasty\/dog\/full\.png( \(\w+\))? = nasty\/dog\/half\.jpg( \(\w+\))?\n\n/,
    )
  })

  test('advice by weight, and what to type next', () => {
    const advice = out.split('\nAdvice\n')[1]!.split('\n\n')[0]!.split('\n')
    expect(advice[0]).toBe(
      '  - 1 picture lies in several classes, for example nasty/cat/which.png (cat) and nasty/dog/which.png (dog). A network cannot learn both.',
    )
    expect(advice[1]).toMatch(
      /^ {2}- Fewer than 20 pictures: 🐙 tintenfisch & co \(5\)\. Expect many mistakes there/,
    )
    expect(advice[2]).toMatch(/^ {2}- The classes are uneven: .* --class-weight balanced makes/)
    expect(advice[3]).toMatch(/^ {2}- There is 1 picture of less than 16 pixels in height or width/)
    expect(advice.slice(-4).map(line => line.slice(0, 26))).toEqual([
      '  - They become 32×32 pixe',
      '  - Network resnet, 150 ep',
      '  - Augmented without mirr',
      '  - 15 % of each class mea',
    ])
    expect(out).toMatch(/\n {2}npx fovea train nasty --class-weight balanced +train a network on them\n/)
    expect(out).toMatch(/\n {2}npx fovea data nasty -o sheet\.html +see some pictures of each class$/)
  })

  test('as CSV: a row for each file, with its part or its fault', async () => {
    expect((await fovea('data nasty -o files.csv')).out).toMatch(/^Wrote files\.csv\nnasty: \d+ pictures/)
    const text = readFileSync('files.csv', 'utf8')
    expect(text.startsWith('file,class,part,width,height,bytes,hash,fault,problem\n')).toBe(true)
    const faulty = Object.values(nasty.faulty).flat().length
    expect(text.split('\n')).toHaveLength(1 + nasty.good + faulty + 1 + 1) // a name has a line break in it
    expect(text).toMatch(/\nnasty\/dog\/wide\.png,dog,(train|validation|test),160,40,\d+,[0-9a-f]{32},,\n/)
    expect(text).toMatch(
      /\nnasty\/cat\/cut off\.jpg,cat,,,,\d+,,broken,a JPEG file that is cut off or damaged\.\n/,
    )
    expect(text).toMatch(/\n"nasty\/[^"]*\/line\nbreak\.png",🐙 tintenfisch & co,/)
  })

  test('as JSON: the same numbers, on standard output alone and in a file', async () => {
    const { exitCode, out: printed, err } = await fovea('data nasty --json -o all.json')
    expect([exitCode, err]).toEqual([0, 'Wrote all.json'])
    expect(printed).toBe(readFileSync('all.json', 'utf8').trimEnd())
    const all = JSON.parse(printed)
    expect(all).toMatchObject({ name: 'nasty', layout: 'classes', pictures: nasty.good, allCompared: true })
    expect(all.classes.map(({ name }: { name: string }) => name)).toEqual(nasty.classNames)
    expect(all.faults.map(({ fault }: { fault: string }) => fault)).toEqual(
      Object.entries(nasty.faulty)
        .filter(([, files]) => files.length > 0)
        .map(([fault]) => fault),
    )
    expect(all.duplicates[0]).toMatchObject({ acrossClasses: true })
    expect(all.advice.command).toBe('npx fovea train nasty --class-weight balanced')
    expect(all.training).toMatchObject({ height: 32, width: 32, channels: 3, fit: 'crop' })
    expect(all.training.recipe.name).toBe('photos')
    expect(all.files).toHaveLength(nasty.good + Object.values(nasty.faulty).flat().length)
  })

  test('as a drawing: some of each class, or many of one', async () => {
    await fovea('data nasty -o sheet.svg')
    const sheet = readFileSync('sheet.svg', 'utf8')
    expect(sheet.match(/<image /g)).toHaveLength(12 + 12 + 5)
    expect(sheet).toContain('>🐙 tintenfisch &amp; co</text>')
    expect(sheet).toMatch(/<desc>cat: \d+ pictures, 12 drawn\. dog: /)
    await fovea('data nasty --class cat -o cats.svg')
    const cats = readFileSync('cats.svg', 'utf8')
    expect(cats.match(/<image /g)!.length).toBeGreaterThan(24)
    expect(cats).not.toContain('>dog</text>')
    for (const name of ['light.png', 'dark.png --theme dark', 'page.html'])
      await fovea(`data nasty -o ${name}`)
    expect(readFileSync('light.png').equals(readFileSync('dark.png'))).toBe(false)
    expect(readFileSync('page.html', 'utf8')).toMatch(/^<!doctype html>/)
  })

  test('the second time nothing is decoded again, and the same is said', async () => {
    const index = () =>
      readdirSync('runs/.pictures')
        .filter(name => name.startsWith('nasty-') && name.endsWith('.jsonl'))
        .map(name => readFileSync(join('runs/.pictures', name), 'utf8'))
    const before = index()
    expect(before).toHaveLength(1)
    expect((await fovea('data nasty')).out).toBe(out)
    expect(index()).toEqual(before)
  })
})

test('one class only is no error, but there is nothing to type next', async () => {
  await paint(numbered('alone/cat', 5))
  const { exitCode, out } = await fovea('data alone')
  expect(exitCode).toBe(0)
  expect(out).toContain('alone: 5 pictures of 1 class (a folder for each class)')
  expect(out).toContain(
    '  - There are pictures of one class only (cat), so there is nothing to tell apart. Make a folder for each class, with pictures in it: also one for "something else", if that is the question.',
  )
  expect(out).not.toContain('fovea train')
})

test('too few pictures to measure on: said, with what is missing', async () => {
  await paint([...numbered('few/cat', 1), ...numbered('few/dog', 2)])
  const { exitCode, out } = await fovea('data few')
  expect(exitCode).toBe(0)
  expect(out).toMatch(
    /- There are too few pictures to train on some and measure on others: nothing is left for .*\. Give at least 3 for every class\./,
  )
  expect(out).toContain(
    '- Fewer than 3 pictures: cat (1), dog (2). Such a class cannot be both learned and measured',
  )
  expect(out).not.toContain('fovea train')
})

test('where nothing can be used every file is told with its reason', async () => {
  mkdirSync('void/cat', { recursive: true })
  for (const name of ['a.jpg', 'b.png']) writeFileSync(`void/cat/${name}`, '<html>')
  const { exitCode, out } = await fovea('data void')
  expect(exitCode).toBe(0)
  expect(out).toContain('void: 0 pictures of 1 class')
  expect(out).toContain('  no pictures: 2\n    void/cat/a.jpg: not an image that can be read')
  expect(out).toContain('  - None of the files can be used, so there is nothing to train on.')
  expect(out).toContain(
    '  - Classes without a picture that can be used: cat (2 broken). Training does not know them.',
  )
  expect(out).not.toContain('Next:')
})

test('parts of their owner stay, and a picture in two of them is called out', async () => {
  for (const part of ['train', 'test'])
    await paint([...numbered(`parted/${part}/cat`, 10), ...numbered(`parted/${part}/dog`, 10)], [40, 40])
  writeFileSync('parted/test/cat/leak.png', readFileSync('parted/train/cat/0.png'))
  const { out } = await fovea('data parted')
  expect(out).toMatch(
    /^The test part is its owner's; validation would be taken from train by the hash of the content: /m,
  )
  expect(out).toMatch(/^all +41 .* 21 +40×40$/m)
  expect(out).toContain('  1 in several parts: what is measured on them says too much good\n')
  expect(out).toMatch(
    / {2}· parted\/test\/cat\/leak\.png \(test\) = parted\/train\/cat\/0\.png \((train|validation)\)/,
  )
  expect(out).toContain('  - 1 picture lies in several parts of the data set')
})

test('a CSV file and a glob are looked at, too, and quoted where a shell would take them apart', async () => {
  await paint([...numbered('pool', 8)])
  const rows = numbered('pool', 8).map(
    (file, i) => `${file},${i % 2 ? 'odd' : 'even'},${['train', 'val', 'test', 'train'][i >> 1]}`,
  )
  writeFileSync('my list.csv', `file,label,split\n${rows.join('\n')}\n`)
  const { io, out } = captureIo()
  expect(await run(['data', 'my list.csv'], io)).toBe(0)
  expect(out.join('\n')).toContain('my list.csv: 8 pictures of 2 classes (a CSV file)')
  expect(out.join('\n')).toContain(
    "The parts are their owner's: 50.0 % train, 25.0 % validation, 25.0 % test.",
  )
  expect(out.join('\n')).toMatch(
    process.platform === 'win32' ? /train "my list\.csv"/ : /train 'my list\.csv'/,
  )
  await paint([...numbered('wild/cat', 4), ...numbered('wild/dog', 4)])
  const glob = await fovea('data wild/**/*.png')
  expect(glob.out).toContain('8 pictures of 2 classes (a glob, classes by folder)')
})

test('a folder that is called as a data set is not taken for it in silence', async () => {
  await paint([...numbered('shapes/cat', 3), ...numbered('shapes/dog', 3)])
  const { out, err } = await fovea('data shapes')
  expect(out).toContain('shapes train')
  expect(err).toContain('"shapes" is the data set of that name. For the folder of that name give ./shapes')
  const folder = await fovea('data ./shapes')
  expect(folder.out).toContain('./shapes: 6 pictures of 2 classes')
  expect(folder.err).not.toContain('is the data set')
})

test('mixed sizes, small pictures and what cropping takes away are advised on', async () => {
  await paint(numbered('mixed/cat', 10), [200, 100])
  await paint(numbered('mixed/dog', 10), [24, 12])
  await paint([...numbered('digits28/cat', 3), ...numbered('digits28/dog', 3)], [28, 28])
  expect((await fovea('data digits28')).out).not.toContain('blurred')
  const { out } = await fovea('data mixed')
  expect(out).toContain(
    '  20 of 20 not square: cropping takes 50.0 % of such a picture away at the median, 50.0 % at most (',
  )
  expect(out).toContain(
    '- There are 10 pictures of less than 16 pixels in height or width: enlarged to 32, they stay blurred',
  )
  expect(out).toContain(
    '- Sizes are very mixed: a tenth of the pictures have at most 12 pixels in height or width, another tenth at least 100.',
  )
  expect(out).toContain(
    '- Cropping takes 50.0 % of a typical picture away. Where what matters is not in the middle, --fit pad',
  )
})

test('of many duplicates the first few are listed, with --all each of them', async () => {
  await paint([...numbered('twice/cat', 8), ...numbered('twice/dog', 4)])
  for (let i = 0; i < 7; i++) writeFileSync(`twice/cat/${i} copy.png`, readFileSync(`twice/cat/${i}.png`))
  const groups = (text: string) => text.match(/^ {2}· .* copy\.png = .*$/gm)
  const { out } = await fovea('data twice')
  expect(out).toContain('Same content: 7 groups of 14 files\n')
  expect(groups(out)).toHaveLength(5)
  expect(out).toContain('  … and 2 more groups: --all lists them\n')
  const all = await fovea('data twice --all')
  expect(groups(all.out)).toHaveLength(7)
  expect(all.out).not.toContain('--all lists them')
})

test('of more than 30 classes 30 are drawn, and the sheet says so', async () => {
  for (let i = 0; i < 33; i++) await paint([`crowd/${'a long name '.repeat(9)}${i}/1.png`])
  await fovea('data crowd -o crowd.svg')
  const svg = readFileSync('crowd.svg', 'utf8')
  expect(svg.match(/<image /g)).toHaveLength(30)
  expect(svg).toContain('>There are 3 more classes, which are not drawn here.</text>')
  const { out } = await fovea('data crowd')
  for (const line of out.split('\n\n')[1]!.split('\n')) expect(line.length).toBeLessThan(110)
})

test('Ctrl-C stops it, and what was read is kept', async () => {
  await paint([...numbered('slow/cat', 4), ...numbered('slow/dog', 4)])
  const { io, out, err, listeners } = captureIo()
  const pressed = {
    ...io,
    onInterrupt(listener: () => void) {
      const release = io.onInterrupt(listener)
      listener()
      return release
    },
  }
  expect(await run(['data', 'slow'], pressed)).toBe(130)
  expect(err).toEqual([
    'Stopping. Ctrl-C again quits at once.',
    'Stopped. The pictures that were read are kept, so the next time goes on from there.',
  ])
  expect([out, listeners.size]).toEqual([[], 0])
})

describe('refused, with what to do', () => {
  beforeAll(() => paint([...numbered('good/cat', 3), ...numbered('good/dog', 3)]))
  test.each([
    ['data nowhere/at/all', 'nowhere/at/all: there is no such'],
    ['data cifar11', 'Did you mean "cifar10"?'],
    [
      'data good --data tiny',
      '--data tiny says where the files of a data set are, but good is a place of its own.',
    ],
    ['data good -o sheet.gif', 'Give a name that ends in .svg, .png, .html, .csv, .json.'],
    ['data good --class cat', '--class cat says which class is drawn, but nothing is.'],
    ['data good --class cat -o x.csv', 'Add a drawing: -o sheet.html'],
    ['data good --class cta -o x.svg', 'Unknown class "cta".\n  Did you mean "cat"?'],
    ['data good -o x.svg --theme drak', 'Unknown theme "drak".'],
    [
      'data cifar10 --data tiny --json',
      '--json: only for pictures in files of their own, which cifar10 has none of.',
    ],
    ['data cifar10 --data tiny -o x.svg', '-o: only for pictures in files of their own'],
  ])('%s', async (commandLine, message) => {
    const { exitCode, out, err } = await fovea(commandLine)
    expect([exitCode, out]).toEqual([1, ''])
    expect(err).toContain(message)
  })
})

test('a data set with a name is told as before', async () => {
  const { exitCode, out } = await fovea('data cifar10 --data tiny')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^cifar10 train {2}[\d,]+×32×32×3 {2}bytes/)
})

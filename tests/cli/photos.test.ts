import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { readModelFile } from '../../src/node/model-files.js'
import { fovea, interruptedAt } from './capture.js'
import { drawPhoto, drawPhotos } from './draw-photos.js'
import { useTemporaryFolder } from './temporary-folder.js'

// Pictures of one's own, from a folder to a network: fovea train FOLDER and fovea evaluate RUN [FOLDER].

useTemporaryFolder()

beforeAll(async () => {
  await drawPhotos('photos', { left: 40, middle: 40, top: 40 })
})

const settingsOf = (run: string) => JSON.parse(readFileSync(`${run}/config.json`, 'utf8'))

test('train looks at a folder, says what it chooses and why, and learns it', async () => {
  const { exitCode, out, err } = await fovea('train photos/ --run learned')
  expect(err).toBe('')
  expect(exitCode).toBe(0)
  const lines = out.split('\n')
  expect(lines[0]).toBe('photos/: 120 pictures of 3 classes, about 40×40 pixels, in colour.')
  expect(lines[1]).toBe(
    'They become 32×32 pixels (the middle of each is taken), which is about their own size.',
  )
  expect(lines[2]).toBe(
    'Network resnet, 119 epochs: about 84 pictures to train on are few, and a deeper network makes more of them.',
  )
  expect(lines[3]).toMatch(/where left and right are alike: --augment \+flip$/)
  expect(lines[4]).toBe(
    '15 % of each class measures progress, 15 % of each class measures the result: chosen by what is in each file, so they stay when you add others.',
  )
  expect(out).toMatch(
    /resnet \(\d+,\d+ parameters\) on photos: \d+ pictures, \d+ for validation, \d+ for the test/,
  )
  const [, accuracy] = /accuracy (\d+\.\d) % ± /.exec(out)!
  expect(Number(accuracy)).toBeGreaterThan(85)
  expect(settingsOf('learned')).toMatchObject({
    dataset: 'photos',
    data: `${process.cwd()}/photos`,
    folder: {
      height: 32,
      width: 32,
      channels: 3,
      fit: 'crop',
      shares: { validation: 0.15, test: 0.15 },
    },
    recipe: 'photos',
    model: 'resnet',
  })
  expect(readdirSync('learned')).toContain('report.html')
}, 240_000) // a whole training; a busy machine needs its time

test('the model is one file, with all that belongs to it', async () => {
  for (const name of ['best', 'last']) {
    const file = await readModelFile(`learned/${name}.safetensors`)
    expect(file).toMatchObject({
      classNames: ['left', 'middle', 'top'],
      pictureFit: 'crop',
      preprocessing: { scale: 1 / 255, offset: -0.5 },
      training: {
        dataset: 'photos',
        summary: { recipe: 'photos', model: 'resnet', testAccuracy: expect.any(Number) },
      },
    })
    expect(file.calibration!.temperature).toBeGreaterThan(0)
    expect(file.calibration!.pictures).toBeGreaterThan(10)
  }
})

test('evaluate measures the pictures that were kept for the test, and names the worst', async () => {
  const { out } = await fovea('evaluate learned --worst 2')
  const trained = await fovea('evaluate learned --validation')
  expect(out).toMatch(/accuracy \d+\.\d % ± \d+\.\d on the \d+ test pictures of photos/)
  expect(trained.out).toMatch(/on the \d+ validation pictures of photos/)
  expect(out).toMatch(
    /highest loss +picture +shows +taken for +file\n─+\n.*photos\/(left|middle|top)\/\d+\.png\n.*\.png/,
  )
  expect(out.split('\n').filter(line => line.includes('.png'))).toHaveLength(2)
})

test('other pictures are brought to the format of the model, labels go by the names of classes', async () => {
  await drawPhotos('others', { top: 12, left: 12 }, { from: 500, width: 90, height: 60, ending: 'jpg' })
  mkdirSync('others/cat')
  copyFileSync('others/top/500.jpg', 'others/cat/1.jpg')
  const { out, err } = await fovea('evaluate learned others')
  expect(err).toContain('Left out, because the model does not know these classes: cat.')
  expect(out).toMatch(/accuracy (8|9|10)\d*\.\d % ± \d+\.\d on the 24 pictures of others/)
  expect(out).toMatch(/\nleft +12 /)
  expect(out).toMatch(/\nmiddle +0 /)
  const single = await fovea('evaluate learned/best.safetensors others')
  expect(single.out).toContain('on the 24 pictures of others')
  const none = await fovea('evaluate learned others/cat/.. --data x')
  expect(none.err).toContain('others/cat/.. says which pictures to measure on')
  mkdirSync('unknown/dog', { recursive: true })
  copyFileSync('others/top/500.jpg', 'unknown/dog/1.jpg')
  const dogs = await fovea('evaluate learned unknown')
  expect(dogs.exitCode).toBe(1)
  expect(dogs.err).toContain(
    'unknown has no pictures of the classes that learned knows: it has dog, but the model knows left, middle, top.',
  )
})

test('a class folder that was renamed is refused with the name it should have', async () => {
  await drawPhotos('renamed', { left: 20, top: 20 })
  await fovea('train renamed --model small --epochs 1 --no-report --run begun')
  renameSync('renamed/left', 'renamed/Left')
  const run = await fovea('evaluate begun')
  expect(run.exitCode).toBe(1)
  expect(run.err).toContain(
    'begun and renamed have different classes: only begun has left; only renamed has Left.\n  Did you mean "left" by "Left"? Then give the class this name. Or train anew on renamed as it is.',
  )
  const place = await fovea('evaluate begun renamed')
  expect(place.out).toContain('on the 20 pictures of renamed')
  expect(place.err).toContain(
    'Left out, because the model does not know these classes: Left. Did you mean "left" by "Left"?',
  )
})

test('pictures that are added move none of the others from one part to another', async () => {
  const quick = '--model small --epochs 1 --no-report'
  const testFiles = async (run: string) => {
    const { out } = await fovea(`evaluate ${run} --worst 1000`)
    return new Set(out.match(/photos2\/\S+\.png/g))
  }
  await drawPhotos('photos2', { left: 30, top: 30 })
  await fovea(`train photos2 ${quick} --run before`)
  const before = await testFiles('before')
  await drawPhotos('photos2', { left: 20, top: 20, middle: 20 }, { from: 100 })
  await fovea(`train photos2 ${quick} --run after`)
  const after = await testFiles('after')
  expect(before.size).toBeGreaterThan(3)
  expect([...after].filter(file => /\/\d\d?\.png/.test(file)).sort()).toEqual([...before].sort())
})

test('parts that the folder has are used; what is missing is taken from training', async () => {
  await drawPhotos('parted/Train', { left: 30, top: 30 })
  await drawPhotos('parted/test', { left: 7, top: 8 }, { from: 300 })
  const { out } = await fovea('train parted --model small --epochs 1 --no-report')
  expect(out).toContain(
    'The folder has its own pictures for test. 15 % of each class measures progress: chosen by',
  )
  expect(out).toMatch(/on parted: \d+ pictures, \d+ for validation, 15 for the test/)
})

test('grey pictures stay grey, and what is said counts', async () => {
  await drawPhotos('grey', { left: 20, top: 20 }, { grey: true })
  const { out } = await fovea('train grey --model small --epochs 1 --no-report --run grey-run')
  expect(out).toContain('about 40×40 pixels, grey.')
  expect(settingsOf('grey-run').folder).toMatchObject({ channels: 1, height: 32 })
  await fovea(
    'train grey --model small --epochs 1 --no-report --run told --size 24 --fit pad --colour colour --validation-split 0.2 --test-split 0.3 --class-weight balanced',
  )
  expect(settingsOf('told')).toMatchObject({
    folder: {
      height: 24,
      width: 24,
      channels: 3,
      fit: 'pad',
      shares: { validation: 0.2, test: 0.3 },
    },
    classWeight: 'balanced',
  })
})

test('mirror images are added by the words that are said', async () => {
  const quick = 'train photos --model small --epochs 1 --no-report'
  const { out } = await fovea(`${quick} --run unmirrored`)
  const [advice] = /--augment \S+/.exec(out)!
  expect((await fovea(`${quick} --run mirrored ${advice}`)).exitCode).toBe(0)
  expect(settingsOf('mirrored').augment).toEqual([
    ...settingsOf('unmirrored').augment,
    { name: 'flip', p: 0.5 },
  ])
})

test('what was asked for is not said to be chosen', async () => {
  const { out } = await fovea('train photos --model small --epochs 1 --augment none --size 40 --no-report')
  const sentences = out.split('\n').slice(1, 4)
  expect(sentences[0]).toBe('They become 40×40 pixels (the middle of each is taken).')
  expect(sentences[1]).toBe('Network small, 1 epoch, as was asked for: about 84 pictures to train on.')
  expect(sentences[2]).toContain('15 % of each class measures progress')
  const recipe = await fovea('train photos --recipe quick --epochs 1 --no-report')
  expect(recipe.out).not.toMatch(/^(Network|Augmented)/m)
  expect(recipe.out).toContain('recipe quick')
})

test('where two or three pictures measure progress, no epoch is the best before much is learned', async () => {
  await drawPhotos('handful', { left: 9, top: 9 })
  const { out } = await fovea('train handful --model small --epochs 8 --no-report --run chosen')
  const [, validation] = /(\d+) for validation/.exec(out)!
  expect(Number(validation)).toBeLessThan(20)
  const file = await readModelFile('chosen/best.safetensors')
  const { best } = (file.training as { state: { best: { epoch: number } } }).state
  expect(best.epoch).toBeGreaterThanOrEqual(6)
  if (best.epoch < 7) expect(out).toContain('Epoch 7 had the lowest loss from epoch 7 on')
  await fovea('train photos --model small --epochs 4 --validation-split 0.3 --no-report --run among-all')
  const history = readFileSync('among-all/history.jsonl', 'utf8')
  expect(history).not.toContain('startFromEpoch')
  expect(readFileSync('chosen/history.jsonl', 'utf8')).toContain('"startFromEpoch":6')
}, 120_000)

test('a CSV file and a glob are places, too', async () => {
  const rows = ['left', 'top'].flatMap(kind =>
    Array.from({ length: 20 }, (_, i) => `photos/${kind}/${i}.png,${kind}`),
  )
  writeFileSync('labels.csv', `file,label\n${rows.join('\n')}\n`)
  const csv = await fovea('train labels.csv --model small --epochs 1 --no-report')
  expect(csv.out).toContain('labels.csv: 40 pictures of 2 classes')
  expect(csv.out).toContain('Saved in runs/labels-small-1')
  const glob = await fovea('train photos/{left,top}/*.png --model small --epochs 1 --no-report')
  expect(glob.out).toContain('photos/{left,top}/*.png: 80 pictures of 2 classes')
  expect(glob.out).toContain('Saved in runs/photos-small-')
})

test('uneven classes and the same picture in two classes are said', async () => {
  await drawPhotos('uneven', { left: 40, top: 8 })
  copyFileSync('uneven/left/3.png', 'uneven/top/again.png')
  const { err } = await fovea('train uneven --model small --epochs 1 --no-report')
  expect(err).toContain(
    'The classes are uneven: left has 40 pictures, top 9 (4.4 times fewer). --class-weight balanced',
  )
  expect(err).toMatch(
    /1 picture lies in several classes, for example uneven\/left\/3\.png \(left\) and uneven\/top\/again\.png \(top\)\./,
  )
})

test('broken files are left out and said', async () => {
  await drawPhotos('broken', { left: 20, top: 20 })
  writeFileSync('broken/left/page.jpg', '<html><body>Not found</body></html>')
  const whole = readFileSync('broken/top/0.png')
  writeFileSync('broken/top/cut.png', whole.subarray(0, whole.length / 2))
  const { exitCode, err } = await fovea('train broken --model small --epochs 1 --no-report --run broken-run')
  expect(exitCode).toBe(0)
  expect(err).toContain('2 files cannot be used and are left out:')
  expect(err).toContain('broken/left/page.jpg: not an image that can be read (it starts with "<html><bo").')
  expect(err).toContain('broken/top/cut.png: a PNG file that is cut off or damaged.')
})

test('what cannot be trained on is refused with what to do', async () => {
  await drawPhotos('one', { left: 5 })
  await drawPhotos('few', { left: 1, top: 1 })
  mkdirSync('empty')
  mkdirSync('pages/a', { recursive: true })
  writeFileSync('pages/a/1.jpg', '<html>')
  for (const [place, said] of [
    ['one', 'one has pictures of one class only (left), so there is nothing to tell apart.'],
    ['few', 'few: 2 pictures of 2 classes are too few to train on some and measure on others.'],
    ['empty', 'No pictures were found in empty.'],
    ['pages', 'pages: none of the pictures that were looked at can be used.'],
    ['phtos', 'Unknown data set "phtos", and there is no such folder either.'],
    ['cifar11', 'Did you mean "cifar10"?'],
    ['nowhere/', 'nowhere/: there is no such file or folder.'],
    ['photos --data x', '--data x says where the files of a data set are, but photos is a place of its own.'],
    ['cifar10 --data tiny --size 64', '--size: only for pictures of a folder'],
    ['photos --size 2', '--size should be a whole number of at least 8'],
    ['photos --fit squeeze', "option '--fit <way>' argument 'squeeze' is invalid"],
  ] as const) {
    const { exitCode, err } = await fovea(`train ${place} --run refused`)
    expect(err).toContain(said)
    expect(exitCode).not.toBe(0)
    expect(() => readdirSync('refused')).toThrow()
  }
})

test('an interrupted run goes on to the same bits, with --resume alone', async () => {
  const settings = '--model small --epochs 3 --no-report --deterministic'
  await fovea(`train photos ${settings} --run straight`)
  const { exitCode } = await interruptedAt(/^Epoch 1\/3/, `train photos ${settings} --run torn`)
  expect(exitCode).toBe(130)
  const resumed = await fovea('train --resume torn --no-report')
  expect(resumed.exitCode).toBe(0)
  for (const name of ['last', 'best'])
    expect(readFileSync(`torn/${name}.safetensors`)).toEqual(readFileSync(`straight/${name}.safetensors`))
  const named = await fovea('train photos/ --resume torn --epochs 4 --no-report')
  expect(named.exitCode).toBe(0)
  const other = await fovea('train photos2 --resume torn --epochs 5')
  expect(other.err).toContain('The data set "photos2" cannot be given with --resume')
})

test('decoded pictures are kept beside the runs: a second run reads no file again', async () => {
  await drawPhotos('kept', { left: 10, top: 10 })
  const run = 'train kept --model small --epochs 1 --no-report'
  await fovea(run)
  // A file that is spoilt without any sign of it is not read again.
  const path = 'kept/left/0.png'
  const stores = readdirSync('runs/.pictures').filter(name => name.startsWith('kept-'))
  expect(stores.map(name => name.replace(/-[0-9a-f]{8}-/, '-ID-')).sort()).toEqual([
    'kept-ID-32x32x3-crop.bytes',
    'kept-ID-32x32x3-crop.jsonl',
  ])
  const index = `runs/.pictures/${stores.find(name => name.endsWith('.jsonl'))}`
  const before = readFileSync(index, 'utf8')
  await fovea(run)
  expect(readFileSync(index, 'utf8')).toBe(before)
  await drawPhoto(path, 'left', { seed: 77, width: 41 })
  await fovea(run)
  expect(readFileSync(index, 'utf8')).not.toBe(before)
})

test('the pictures of a run may move: --data says where they are now', async () => {
  await drawPhotos('moving', { left: 15, top: 15 })
  await fovea('train moving --model small --epochs 1 --no-report --run mover')
  const { out } = await fovea('evaluate mover')
  mkdirSync('elsewhere')
  await drawPhotos('elsewhere/moving', { left: 15, top: 15 })
  rmSync('moving', { recursive: true })
  const gone = await fovea('evaluate mover')
  expect(gone.exitCode).toBe(1)
  expect(gone.err).toContain('moving: there is no such file or folder.')
  const moved = await fovea('evaluate mover --data elsewhere/moving')
  expect(moved.out.split('\n').slice(0, 2)).toEqual(out.split('\n').slice(0, 2))
})

test('other commands take the run of a folder as any other', async () => {
  for (const command of [
    'plot history learned',
    'report learned -o other.html',
    'explain mistakes learned',
    'explain focus learned --picture 1',
    'lr-find photos --model small --steps 20',
    'explain augmentation photos -o augmented.png',
  ]) {
    const { exitCode, err } = await fovea(command)
    expect([command, exitCode, err]).toEqual([command, 0, ''])
  }
})

test('a damaged store says what to do', async () => {
  const name = readdirSync('runs/.pictures').find(name => /^photos-.*3-crop\.jsonl$/.test(name))!
  appendFileSync(`runs/.pictures/${name}`, 'nonsense\n')
  expect((await fovea('evaluate learned')).exitCode).toBe(0)
})

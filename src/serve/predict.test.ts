import { expect, test } from 'vitest'
import { MemoryError } from '../base/errors.js'
import { decodePicture } from '../node/pictures/decode.js'
import {
  classNames,
  formOf,
  heldClassifier,
  metricIn,
  neverSure,
  png,
  post,
  tinyApp,
  tinyClassifier,
  until,
} from './tiny.fixture.js'

/** What the classifier itself says of a picture. */
const saidOf = async (bytes: Uint8Array, classifier = tinyClassifier()) =>
  (await classifier.classify([await decodePicture(bytes, 'it', 3)]))[0]!

test('a picture as the body is answered with its likeliest classes', async () => {
  const { http } = await tinyApp()
  const picture = await png()
  const answer = await http.inject(post(picture))
  expect(answer.statusCode).toBe(200)
  const { answers, sure } = await saidOf(picture)
  expect(answer.json()).toEqual({ model: 'tiny', predictions: [{ name: 'the picture', answers, sure }] })
  expect(answers).toHaveLength(3)
  const bytes = await http.inject(post(picture, { 'content-type': 'application/octet-stream' }))
  expect(bytes.json()).toEqual(answer.json())
})

test('top says how many classes, all at most', async () => {
  const { http } = await tinyApp()
  const picture = await png()
  const { answers } = await saidOf(picture)
  for (const [top, length] of [
    [1, 1],
    [2, 2],
    [99, 3],
  ] as const) {
    const answer = await http.inject({ ...post(picture), url: `/v1/predict?top=${top}` })
    expect(answer.json().predictions[0].answers).toEqual(answers.slice(0, length))
  }
})

test('a calibrated model says whether it is sure', async () => {
  const { http } = await tinyApp({}, tinyClassifier({ calibration: neverSure }))
  expect((await http.inject(post(await png()))).json().predictions[0].sure).toBe(false)
  const always = await tinyApp({}, tinyClassifier({ calibration: { ...neverSure, threshold: 0 } }))
  expect((await always.http.inject(post(await png()))).json().predictions[0].sure).toBe(true)
})

test('the files of a form are answered in their order, a bad one among them in its place', async () => {
  const { http } = await tinyApp()
  const pictures = await Promise.all(['#ff0000', '#00ff00', '#0000ff'].map(colour => png(colour)))
  const cut = pictures[1]!.subarray(0, 60)
  const { payload, headers } = formOf([
    ['red.png', pictures[0]!],
    ['cut.png', cut],
    ['words.png', 'no picture'],
    ['empty.png', ''],
    ['blue.png', pictures[2]!],
  ])
  const answer = await http.inject(post(payload, headers))
  expect(answer.statusCode).toBe(200)
  expect(answer.json().predictions).toEqual([
    { name: 'red.png', ...(await saidOf(pictures[0]!)) },
    {
      name: 'cut.png',
      error: { code: 'brokenPicture', message: expect.any(String), advice: expect.any(String) },
    },
    {
      name: 'words.png',
      error: {
        code: 'notAPicture',
        message: 'words.png: not an image that can be read (it starts with "no pictur").',
        advice: 'Give a PNG, JPEG, WebP, GIF, BMP, AVIF or TIFF file.',
      },
    },
    { name: 'empty.png', error: expect.objectContaining({ code: 'notAPicture' }) },
    { name: 'blue.png', ...(await saidOf(pictures[2]!)) },
  ])
})

test('focus says where the network looked, with a drawing to lay over the picture', async () => {
  const classifier = tinyClassifier({ pictureFit: 'crop' })
  const { http } = await tinyApp({}, classifier)
  const picture = await png('#c04020', 40, 20)
  const answer = await http.inject({ ...post(picture), url: '/v1/predict?focus=1&top=1' })
  const [prediction] = answer.json().predictions
  const label = classNames.indexOf(prediction.answers[0].className)
  const [looked] = await classifier.focus(await decodePicture(picture, 'it', 3), { classes: [label] })
  expect(prediction.focus).toMatchObject({
    className: prediction.answers[0].className,
    layer: 'conv2d',
    method: 'hirescam',
    place: looked!.place,
    halfShare: looked!.half!.share,
    region: { x: 0.25, y: 0, width: 0.5, height: 1 },
  })
  expect(prediction.focus.svg).toMatch(/^<svg .*viewBox="0 0 8 8".*<image .*<path .*<\/svg>$/)
})

test('what comes while the network computes is one batch, and each gets its own answer', async () => {
  const { classifier, hold, release } = heldClassifier()
  const { http } = await tinyApp({}, classifier)
  const metrics = async () => (await http.inject('/metrics')).body
  const colours = Array.from({ length: 30 }, (_, i) => `rgb(${8 * i},${255 - 8 * i},128)`)
  const pictures = await Promise.all(colours.map(colour => png(colour)))
  hold()
  const first = http.inject(post(pictures[0]!))
  await until(async () => metricIn(await metrics(), 'fovea_accepted_pictures') === 1)
  await until(async () => metricIn(await metrics(), 'fovea_queue_pictures') === 0)
  const rest = pictures.slice(1).map(picture => http.inject(post(picture)))
  await until(async () => metricIn(await metrics(), 'fovea_queue_pictures') >= 28)
  const before = await metrics()
  release()
  const answers = await Promise.all([first, ...rest])
  for (const [i, answer] of answers.entries())
    expect(answer.json().predictions[0].answers[0].probability).toBeCloseTo(
      (await saidOf(pictures[i]!)).answers[0]!.probability,
      6,
    )
  const text = await metrics()
  expect(metricIn(before, 'fovea_batch_pictures_count')).toBe(0)
  expect(metricIn(text, 'fovea_batch_pictures_sum')).toBe(30)
  expect(metricIn(text, 'fovea_batch_pictures_count')).toBe(2)
  expect(metricIn(text, 'fovea_pictures_total{outcome="answered"}')).toBe(30)
  expect(metricIn(text, 'fovea_accepted_pictures')).toBe(0)
})

test('where the memory does not reach for 64 pictures, batches are smaller', async () => {
  const classifier = tinyClassifier()
  const classify = classifier.classifyRows.bind(classifier)
  const tried: number[] = []
  classifier.classifyRows = async rows => {
    tried.push(rows.rows)
    if (rows.rows > 16) throw new MemoryError('It', { needed: 2, limit: 1 })
    return classify(rows)
  }
  const { http } = await tinyApp({}, classifier)
  expect(tried).toEqual([64, 32, 16])
  expect((await http.inject(post(await png()))).statusCode).toBe(200)
})

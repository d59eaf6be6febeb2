import { gzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import * as layers from '../nn/layers/index.js'
import { bomb } from '../node/pictures/bomb.fixture.js'
import { Sequential } from '../train/sequential.js'
import {
  classNames,
  formOf,
  heldClassifier,
  metricIn,
  png,
  post,
  tinyApp,
  tinyClassifier,
  trained,
  until,
} from './tiny.fixture.js'

type App = Awaited<ReturnType<typeof tinyApp>>

/** Status and code of the answer to a request; every refusal has both, and words. */
async function refusalOf({ http }: App, request: InjectOptions | string) {
  const answer = await http.inject(request)
  const { error } = answer.json()
  expect(error.message).toMatch(/^.{10,}\.$/)
  return { status: answer.statusCode, code: error.code, headers: answer.headers, error, body: answer.json() }
}

test('400: a form that is none, a question nobody understands, and nothing at all', async () => {
  const app = await tinyApp()
  const { payload, headers } = formOf([['a.png', await png()]])
  const cut = post(payload.subarray(0, payload.length - 30), headers)
  expect(await refusalOf(app, cut)).toMatchObject({ status: 400, code: 'malformedForm' })
  const boundless = post(payload, { 'content-type': 'multipart/form-data' })
  expect(await refusalOf(app, boundless)).toMatchObject({ status: 400, code: 'malformedForm' })
  for (const query of ['top=0', 'top=x', 'focus=yes'])
    expect(await refusalOf(app, { ...post(await png()), url: `/v1/predict?${query}` })).toMatchObject({
      status: 400,
      code: 'badQuery',
    })
  for (const empty of [
    post('', headers),
    post('--edge--\r\n', headers),
    post(''),
    { ...post(''), headers: {} },
  ])
    expect(await refusalOf(app, empty)).toMatchObject({ status: 400, code: 'noPicture' })
  expect(await refusalOf(app, '/%')).toMatchObject({ status: 400, code: 'badRequest' })
})

test('400: where it looks, asked of a network without convolution', async () => {
  const dense = new Sequential(
    [layers.flatten({ inputShape: [8, 8, 3] }), layers.dense({ units: 3, activation: 'softmax' })],
    { seed: 1 },
  )
  const app = await tinyApp({}, tinyClassifier({ network: dense.network, weights: dense.getWeights() }))
  expect((await app.http.inject('/v1/model')).json().focus).toBe(false)
  const asked = { ...post(await png()), url: '/v1/predict?focus=1' }
  expect(await refusalOf(app, asked)).toMatchObject({ status: 400, code: 'noFocus' })
  expect((await app.http.inject(post(await png()))).statusCode).toBe(200)
})

test('401: without the key, or with another; the page and the health stay open', async () => {
  const app = await tinyApp({ apiKey: 'sesame' })
  const picture = await png()
  const withHeaders = (headers: Record<string, string>) =>
    post(picture, { 'content-type': 'image/png', ...headers })
  const without = await refusalOf(app, withHeaders({}))
  expect(without).toMatchObject({ status: 401, code: 'noKey' })
  expect(without.headers['www-authenticate']).toBe('Bearer')
  for (const headers of [{ authorization: 'Bearer sesam' }, { 'x-api-key': 'Sesame' }])
    expect(await refusalOf(app, withHeaders(headers))).toMatchObject({ status: 401, code: 'wrongKey' })
  for (const headers of [{ authorization: 'Bearer sesame' }, { 'x-api-key': 'sesame' }])
    expect((await app.http.inject(withHeaders(headers))).statusCode).toBe(200)
  for (const url of ['/v1/model', '/metrics', '/openapi.json', '/nowhere'])
    expect(await refusalOf(app, url)).toMatchObject({ status: 401 })
  for (const url of ['/', '/health']) expect((await app.http.inject(url)).statusCode).toBe(200)
})

test('403: what a page of another site sends', async () => {
  const app = await tinyApp()
  const picture = await png()
  const from = (headers: Record<string, string>) => post(picture, { 'content-type': 'image/png', ...headers })
  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://localhost' },
  ])
    expect(await refusalOf(app, from(headers))).toMatchObject({ status: 403, code: 'otherSite' })
  for (const headers of [
    { origin: 'http://localhost:8080', host: 'localhost:8080' },
    { 'sec-fetch-site': 'same-origin' },
  ])
    expect((await app.http.inject(from(headers))).statusCode).toBe(200)
})

test('404 and 405: what no route answers', async () => {
  const app = await tinyApp()
  expect(await refusalOf(app, '/nowhere')).toMatchObject({ status: 404, code: 'notFound' })
  const json = { 'content-type': 'application/json' }
  expect(await refusalOf(app, { method: 'POST', url: '/x', payload: '{}', headers: json })).toMatchObject({
    status: 404,
  })
  const get = await refusalOf(app, '/v1/predict?top=1')
  expect(get).toMatchObject({ status: 405, code: 'wrongMethod' })
  expect(get.headers.allow).toBe('POST')
  const put = await refusalOf(app, { method: 'PUT', url: '/health', payload: '{}', headers: json })
  expect(put).toMatchObject({ status: 405 })
  expect(put.headers.allow).toBe('GET, HEAD')
})

test('413: too many bytes, as announced or as they come', async () => {
  const app = await tinyApp({ maxSize: 2000 })
  const large = Buffer.alloc(3000)
  expect(await refusalOf(app, post(large))).toMatchObject({ status: 413, code: 'bodyTooLarge' })
  const small = await png()
  const { payload, headers } = formOf(Array.from({ length: 20 }, (_, i) => [`${i}.png`, small]))
  expect(payload.length).toBeGreaterThan(2000)
  expect(await refusalOf(app, post(payload, headers))).toMatchObject({ status: 413, code: 'bodyTooLarge' })
  expect((await app.http.inject(post(small))).statusCode).toBe(200)
})

test('413: too many files', async () => {
  const app = await tinyApp({ maxFiles: 2 })
  const picture = await png()
  const files = (count: number) => {
    const { payload, headers } = formOf(Array.from({ length: count }, (_, i) => [`${i}.png`, picture]))
    return post(payload, headers)
  }
  expect((await app.http.inject(files(2))).json().predictions).toHaveLength(2)
  expect(await refusalOf(app, files(3))).toMatchObject({ status: 413, code: 'tooManyFiles' })
})

test('413: too many pixels, before they are decoded', async () => {
  const app = await tinyApp({ maxPixels: 1000 })
  const large = await png('#ffffff', 40, 30)
  const alone = await refusalOf(app, post(large))
  expect(alone).toMatchObject({ status: 413, code: 'tooManyPixels' })
  expect(alone.error.message).toContain('has 40×30 pixels, but this service takes at most 1,000')
  const { payload, headers } = formOf([
    ['large.png', large],
    ['small.png', await png()],
  ])
  const mixed = await app.http.inject(post(payload, headers))
  expect(mixed.statusCode).toBe(200)
  expect(mixed.json().predictions[0].error.code).toBe('tooManyPixels')
  const byDefault = await tinyApp()
  expect(await refusalOf(byDefault, post(bomb()))).toMatchObject({ status: 413, code: 'tooManyPixels' })
})

test('415: a type that holds no picture', async () => {
  const app = await tinyApp()
  for (const type of ['application/json', 'text/plain', 'video/mp4', 'xximage/png'])
    expect(await refusalOf(app, post(await png(), { 'content-type': type }))).toMatchObject({
      status: 415,
      code: 'wrongType',
    })
})

test('415: a picture that was packed once more', async () => {
  const app = await tinyApp()
  const packed = { 'content-type': 'image/png', 'content-encoding': 'gzip' }
  expect(await refusalOf(app, post(gzipSync(await png()), packed))).toMatchObject({
    status: 415,
    code: 'wrongEncoding',
    headers: { 'accept-encoding': 'identity' },
  })
  const plain = post(await png(), { 'content-type': 'image/png', 'content-encoding': 'identity' })
  expect((await app.http.inject(plain)).statusCode).toBe(200)
})

test('421: called by a name that is not of this machine, unless it serves others', async () => {
  const app = await tinyApp()
  const called = (host: string) => ({ method: 'GET' as const, url: '/health', headers: { host } })
  for (const host of ['evil.example', 'evil.example:8080', '192.168.0.2'])
    expect(await refusalOf(app, called(host))).toMatchObject({ status: 421, code: 'wrongHost' })
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080'])
    expect((await app.http.inject(called(host))).statusCode).toBe(200)
  const open = await tinyApp({ host: '0.0.0.0' })
  expect((await open.http.inject(called('fovea.example'))).statusCode).toBe(200)
})

test('422: no picture, a broken one, or none of several that can be used', async () => {
  const app = await tinyApp()
  expect(await refusalOf(app, post('no picture'))).toMatchObject({ status: 422, code: 'notAPicture' })
  const cut = (await png()).subarray(0, 60)
  expect(await refusalOf(app, post(cut))).toMatchObject({ status: 422, code: 'brokenPicture' })
  const program =
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
  expect(await refusalOf(app, post(program))).toMatchObject({ status: 422, code: 'notAPicture' })
  const one = formOf([['cut.png', cut]])
  expect(await refusalOf(app, post(one.payload, one.headers))).toMatchObject({
    status: 422,
    code: 'brokenPicture',
  })
  const two = formOf([
    ['cut.png', cut],
    ['words.txt', 'no picture'],
  ])
  const none = await refusalOf(app, post(two.payload, two.headers))
  expect(none).toMatchObject({ status: 422, code: 'noUsablePicture' })
  expect(none.body.predictions.map(({ error }: { error: { code: string } }) => error.code)).toEqual([
    'brokenPicture',
    'notAPicture',
  ])
})

test('429: more requests than a client may send; the health does not count', async () => {
  const app = await tinyApp({ rate: 3 })
  const request = async () => app.http.inject(post(await png()))
  const from = (remoteAddress: string) => app.http.inject({ url: '/v1/model', remoteAddress })
  for (let i = 0; i < 3; i++) expect((await request()).statusCode).toBe(200)
  const refused = await refusalOf(app, post(await png()))
  expect(refused).toMatchObject({ status: 429, code: 'tooManyRequests' })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50)
  expect((await app.http.inject('/health')).statusCode).toBe(200)
  expect((await from('10.1.1.1')).statusCode).toBe(200)
})

test('500: what goes wrong inside is told to the log, not to the client', async () => {
  const classifier = tinyClassifier()
  const app = await tinyApp({}, classifier)
  classifier.classifyRows = () => Promise.reject(new Error('secret detail'))
  const { status, code, body, headers } = await refusalOf(app, post(await png()))
  expect([status, code]).toEqual([500, 'internal'])
  expect(JSON.stringify(body)).not.toContain('secret')
  const line = app.log.find(line => line.includes('secret detail'))!
  expect(JSON.parse(line)).toMatchObject({ level: 50, reqId: headers['x-request-id'] })
})

test('503: more pictures than may be under way, and it goes on when they are done', async () => {
  const { classifier, hold, release } = heldClassifier()
  const app = await tinyApp({ queue: 3 }, classifier)
  const picture = await png()
  hold()
  const taken = [1, 2, 3].map(() => app.http.inject(post(picture)))
  await until(async () => metricIn((await app.http.inject('/metrics')).body, 'fovea_accepted_pictures') === 3)
  const refused = await refusalOf(app, post(picture))
  expect(refused).toMatchObject({ status: 503, code: 'busy' })
  expect(refused.headers['retry-after']).toBe('1')
  release()
  expect((await Promise.all(taken)).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect((await app.http.inject(post(picture))).statusCode).toBe(200)
  const { payload, headers } = formOf(Array.from({ length: 4 }, (_, i) => [`${i}.png`, picture]))
  hold()
  expect(await refusalOf(app, post(payload, headers))).toMatchObject({ status: 503, code: 'busy' })
  release()
})

test('503: an answer that takes too long; its picture leaves the queue', async () => {
  const { classifier, hold, release } = heldClassifier()
  const app = await tinyApp({ timeout: 0.2 }, classifier)
  hold()
  const [first, second] = await Promise.all([1, 2].map(async () => refusalOf(app, post(await png()))))
  expect([first, second]).toMatchObject([
    { status: 503, code: 'timeout' },
    { status: 503, code: 'timeout' },
  ])
  expect(first!.headers['retry-after']).toBe('1')
  release()
  await until(async () => metricIn((await app.http.inject('/metrics')).body, 'fovea_accepted_pictures') === 0)
  expect((await app.http.inject(post(await png()))).statusCode).toBe(200)
})

test('every request is a line of the log and a number of the metrics', async () => {
  const app = await tinyApp()
  const { payload, headers } = formOf([
    ['a.png', await png()],
    ['b.png', 'no picture'],
  ])
  const answer = await app.http.inject({ ...post(payload, headers), url: '/v1/predict?top=1' })
  await app.http.inject('/nowhere/at/all')
  const lines = app.log.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'request')
  expect(lines).toMatchObject([
    {
      reqId: answer.headers['x-request-id'],
      method: 'POST',
      path: '/v1/predict',
      status: 200,
      pictures: 2,
      client: '127.0.0.1',
      ms: expect.any(Number),
    },
    { method: 'GET', path: '/nowhere/at/all', status: 404, pictures: 0 },
  ])
  const { body } = await app.http.inject('/metrics')
  const requests = (labels: string) => metricIn(body, `fovea_requests_total{${labels}}`)
  expect(requests('method="POST",route="/v1/predict",status="200"')).toBe(1)
  expect(requests('method="any",route="unknown",status="404"')).toBe(1)
  expect(metricIn(body, 'fovea_pictures_total{outcome="notAPicture"}')).toBe(1)
  expect(metricIn(body, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
})

test('the model tells what it is', async () => {
  const { http } = await tinyApp()
  expect((await http.inject('/v1/model')).json()).toEqual({
    name: 'tiny',
    classNames,
    inputShape: [8, 8, 3],
    fit: 'stretch',
    parameters: 3 * 3 * 3 * 4 + 4 + 6 * 6 * 4 * 3 + 3,
    calibration: null,
    training: null,
    focus: true,
  })
})

test('the model tells how it was trained, and what it reaches on test pictures', async () => {
  const { http } = await tinyApp({}, tinyClassifier({ training: trained }))
  expect((await http.inject('/v1/model')).json().training).toEqual({
    dataset: 'shapes',
    epochs: 2,
    pictures: 3600,
    last: { loss: 1.5, val_accuracy: 0.4 },
    test: { accuracy: 0.8, pictures: 400, standardError: 0.02 },
  })
  const unmeasured = await tinyApp({}, tinyClassifier({ training: { dataset: 'x' } }))
  expect((await unmeasured.http.inject('/v1/model')).json().training).toEqual({
    dataset: 'x',
    epochs: null,
    pictures: null,
    last: {},
    test: null,
  })
})

test('browsers are told to be careful', async () => {
  const { http } = await tinyApp()
  for (const url of ['/', '/health', '/nowhere']) {
    const { headers } = await http.inject(url)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
  }
})

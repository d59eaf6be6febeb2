import { Agent, get, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import type { ServeOptions } from './serve-options.js'
import { startService } from './service.js'
import { heldClassifier, metricIn, optionsFor, png, tinyClassifier, until } from './tiny.fixture.js'

// Over real sockets: what `inject` does not have.

async function start(options: Partial<ServeOptions> = {}, classifier = tinyClassifier()) {
  const log: string[] = []
  const service = await startService(classifier, optionsFor({ grace: 5, ...options }), {
    write: line => void log.push(line),
  })
  onTestFinished(async () => void (await service.stop().catch(() => 0)))
  const metric = async (name: string) => metricIn(await (await fetch(`${service.url}/metrics`)).text(), name)
  return { ...service, log, metric }
}

const predict = (url: string, body: Uint8Array | ReadableStream, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/predict`, {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'content-type': 'image/png', ...headers },
    duplex: 'half',
  } as RequestInit)

/** Everything a raw socket is answered. */
function exchange(url: string, sent: string): Promise<string> {
  const { port, hostname } = new URL(url)
  const socket = connect(Number(port), hostname, () => socket.write(sent))
  return text(socket)
}

test('answers pictures and forms over a socket', async () => {
  const { url } = await start()
  const picture = await png()
  const one = await predict(url, picture)
  expect(one.status).toBe(200)
  const form = new FormData()
  for (const name of ['a.png', 'b.png']) form.append('file', new Blob([new Uint8Array(picture)]), name)
  const several = await fetch(`${url}/v1/predict`, { method: 'POST', body: form })
  const { predictions } = (await several.json()) as { predictions: { name: string }[] }
  expect(predictions.map(({ name }) => name)).toEqual(['a.png', 'b.png'])
})

test('413 comes while the client is still sending, announced or not, and the connection is used again', async () => {
  const { url, metric } = await start({ maxSize: 100_000 })
  const large = Buffer.alloc(3_000_000)
  const stream = () => new Blob([large]).stream()
  for (const body of [large, stream()]) {
    const refused = await predict(url, body)
    expect(refused.status).toBe(413)
    expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('bodyTooLarge')
  }
  const form = new FormData()
  form.append('file', new Blob([large]), 'large.png')
  expect((await fetch(`${url}/v1/predict`, { method: 'POST', body: form })).status).toBe(413)
  const boundary = { 'content-type': 'multipart/form-data; boundary=x' }
  const head = '--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n'
  expect((await predict(url, new Blob([head, large]).stream(), boundary)).status).toBe(413)
  expect((await predict(url, await png())).status).toBe(200)
  expect(await metric('fovea_accepted_pictures')).toBe(0)
})

test('503 where the body comes too slowly', async () => {
  const { url } = await start({ timeout: 0.2 })
  const slow = new ReadableStream({ start: controller => controller.enqueue(new Uint8Array(10)) })
  const answer = await predict(url, slow)
  expect(answer.status).toBe(503)
  expect(((await answer.json()) as { error: { code: string } }).error.code).toBe('timeout')
})

test('a client that goes away leaves nothing behind', async () => {
  const { classifier, hold, release } = heldClassifier()
  const { url, metric, log } = await start({}, classifier)
  hold()
  const [first, second] = [new AbortController(), new AbortController()]
  const picture = await png()
  const asked = [first, second].map(({ signal }) =>
    fetch(`${url}/v1/predict`, {
      method: 'POST',
      body: new Uint8Array(picture),
      headers: { 'content-type': 'image/png' },
      signal,
    }).catch(error => error.name),
  )
  await until(async () => (await metric('fovea_accepted_pictures')) === 2)
  first.abort()
  second.abort()
  expect(await Promise.all(asked)).toEqual(['AbortError', 'AbortError'])
  await until(() => log.filter(line => line.includes('"status":499')).length === 2)
  release()
  await until(async () => (await metric('fovea_accepted_pictures')) === 0)
  expect((await predict(url, picture)).status).toBe(200)
})

test('what is no HTTP is answered, too', async () => {
  const { url } = await start()
  const refused = await exchange(url, 'nonsense\r\n\r\n')
  expect(refused).toMatch(/^HTTP\/1.1 400 Bad Request\r\n[\s\S]*"code":"notHttp"/)
  const large = await exchange(
    url,
    `GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
  )
  expect(large).toMatch(/^HTTP\/1.1 431 [\s\S]*"code":"largeHeaders"/)
})

test('stopping, it answers what has been accepted and says on open connections that it stops', async () => {
  const { classifier, hold, release } = heldClassifier()
  const { url, metric, stop } = await start({}, classifier)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const health = () => new Promise<IncomingMessage>(resolve => get(`${url}/health`, { agent }, resolve))
  const before = await health()
  expect([before.statusCode, await text(before)]).toEqual([200, '{"status":"ok"}'])
  hold()
  const picture = await png()
  const asked = Array.from({ length: 20 }, () => predict(url, picture))
  await until(async () => (await metric('fovea_accepted_pictures')) === 20)
  let stopped = false
  const stopping = stop().finally(() => {
    stopped = true
  })
  const during = await health()
  expect([during.statusCode, await text(during)]).toEqual([503, '{"status":"stopping"}'])
  expect(during.headers.connection).toBe('close')
  await expect(exchange(url, 'GET /health HTTP/1.1\r\n\r\n')).rejects.toThrow('ECONNREFUSED')
  expect(stopped).toBe(false)
  release()
  for (const answer of await Promise.all(asked)) {
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as { predictions: unknown[] }).predictions).toHaveLength(1)
  }
  expect(await stopping).toBe(0)
  agent.destroy()
})

test('an upload that has begun is waited for', async () => {
  const { url, metric, stop } = await start()
  const picture = await png()
  const { hostname, port } = new URL(url)
  const headers = { 'content-type': 'image/png', 'content-length': picture.length }
  const upload = httpRequest({ hostname, port, method: 'POST', path: '/v1/predict', headers })
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    upload.on('response', resolve).on('error', reject),
  )
  upload.write(picture.subarray(0, 20))
  await until(async () => (await metric('fovea_requests_under_way')) === 2)
  const stopping = stop()
  upload.end(picture.subarray(20))
  const answer = await answered
  expect(answer.statusCode).toBe(200)
  answer.resume()
  expect(await stopping).toBe(0)
})

test('what takes longer than the grace is given up', async () => {
  const { classifier, hold, release } = heldClassifier()
  const { url, metric, stop } = await start({ grace: 0.2 }, classifier)
  hold()
  const asked = predict(url, await png()).then(
    ({ status }) => status,
    () => 'closed',
  )
  await until(async () => (await metric('fovea_accepted_pictures')) === 1)
  expect(await stop()).toBe(1)
  expect(await asked).toBe('closed')
  release()
})

test('an address that cannot be had is told with what to do', async () => {
  const { url } = await start()
  const port = Number(new URL(url).port)
  await expect(start({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`)
  await expect(start({ host: '203.0.113.7' })).rejects.toThrow(
    '--host 203.0.113.7: this machine has no such address.',
  )
})

import Fastify, { type InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import {
  formOf,
  heldClassifier,
  neverSure,
  png,
  post,
  tinyApp,
  tinyClassifier,
  trained,
} from './tiny.fixture.js'

type App = Awaited<ReturnType<typeof tinyApp>>

interface Operation {
  readonly parameters?: readonly { readonly name: string }[]
  readonly requestBody?: { readonly content: Record<string, unknown> }
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: object }> }>
}
type Document = { readonly paths: Record<string, Record<string, Operation>> }

const documentOf = async ({ http }: App): Promise<Document> => (await http.inject('/openapi.json')).json()

/** Whether a value fits a schema to the letter: nothing is converted, nothing left out. */
async function fits(value: unknown, schema: object): Promise<boolean> {
  const judge = Fastify({
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  })
  judge.get('/', async request => request.compileValidationSchema(schema)(value))
  const verdict = (await judge.inject('/')).json()
  await judge.close()
  return verdict
}

/** Asks, and holds the answer against what the document says of its status. */
async function expectDocumented(app: App, request: InjectOptions, status: number): Promise<void> {
  const answer = await app.http.inject(request)
  expect(answer.statusCode).toBe(status)
  const path = String(request.url).split('?')[0]!
  const operation = (await documentOf(app)).paths[path]![request.method!.toLowerCase()]!
  const { schema } = operation.responses[status]!.content['application/json']!
  expect(await fits(answer.json(), schema), answer.body).toBe(true)
  expect(await fits({ ...(answer.json() as object), more: 1 }, schema)).toBe(false)
}

test('the document has every route that programs use, what they send, and what they may ask', async () => {
  const { paths } = await documentOf(await tinyApp())
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method} ${path}`),
  )
  expect(routes.sort()).toEqual(['get /health', 'get /metrics', 'get /v1/model', 'post /v1/predict'])
  const { parameters, requestBody, responses } = paths['/v1/predict']!.post!
  expect(parameters!.map(({ name }) => name)).toEqual(['top', 'focus'])
  expect(Object.keys(requestBody!.content)).toEqual([
    'multipart/form-data',
    'image/*',
    'application/octet-stream',
  ])
  expect(Object.keys(responses)).toEqual([
    '200',
    '400',
    '401',
    '403',
    '413',
    '415',
    '421',
    '422',
    '429',
    '500',
    '503',
  ])
})

test('a service with a key says how it is sent', async () => {
  const app = await tinyApp({ apiKey: 'sesame' })
  const answer = await app.http.inject({ url: '/openapi.json', headers: { 'x-api-key': 'sesame' } })
  const { security, components, paths } = answer.json()
  expect(security).toEqual([{ bearer: [] }, { header: [] }])
  expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'header'])
  expect(paths['/health'].get.security).toEqual([])
})

test('answers are as the document says', async () => {
  const app = await tinyApp()
  const calibrated = await tinyApp({}, tinyClassifier({ calibration: neverSure, training: { dataset: 'x' } }))
  const measured = await tinyApp({}, tinyClassifier({ training: trained }))
  const picture = await png()
  const form = formOf([
    ['a.png', picture],
    ['b.png', 'no picture'],
  ])
  await expectDocumented(app, post(picture), 200)
  await expectDocumented(app, { ...post(picture), url: '/v1/predict?focus=1&top=1' }, 200)
  await expectDocumented(app, post(form.payload, form.headers), 200)
  await expectDocumented(calibrated, post(picture), 200)
  for (const { http, ...rest } of [app, calibrated, measured]) {
    await expectDocumented({ http, ...rest }, { method: 'GET', url: '/v1/model' }, 200)
    await expectDocumented({ http, ...rest }, { method: 'GET', url: '/health' }, 200)
  }
})

test('refusals are as the document says', async () => {
  const app = await tinyApp({ maxSize: 2000 })
  const none = formOf([
    ['a.png', 'no'],
    ['b.png', 'picture'],
  ])
  const { classifier, hold, release } = heldClassifier()
  const slow = await tinyApp({ timeout: 0.05 }, classifier)
  await expectDocumented(app, post(''), 400)
  await expectDocumented(app, post(await png(), { 'content-type': 'image/png', origin: 'null' }), 403)
  await expectDocumented(app, post(Buffer.alloc(3000)), 413)
  await expectDocumented(app, post('{}', { 'content-type': 'application/json' }), 415)
  await expectDocumented(app, post(await png(), { 'content-type': 'image/png', host: 'evil.example' }), 421)
  await expectDocumented(app, post('no picture'), 422)
  await expectDocumented(app, post(none.payload, none.headers), 422)
  hold()
  await expectDocumented(slow, post(await png()), 503)
  release()
  slow.traffic.stop()
  await expectDocumented(slow, { method: 'GET', url: '/health' }, 503)
})

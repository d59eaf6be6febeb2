import { afterEach, expect, test, vi } from 'vitest'
import { formOf, png, tinyApp, tinyClassifier, until } from '../tiny.fixture.js'
import { connect } from './ask-script.js'
import { startPage } from './page-script.js'
import type { Screen } from './show-script.js'

// The page's script with the routes behind it, in Node: what it does with each answer. What it shows is tested in Chromium.

afterEach(() => vi.unstubAllGlobals())

type App = Awaited<ReturnType<typeof tinyApp>>

/** From here on `fetch` asks this service. */
function fetchFrom({ http }: App): void {
  vi.stubGlobal('fetch', async (address: string, { method = 'GET', headers, body }: RequestInit) => {
    const answer = await http.inject({
      method: method as 'GET',
      url: `/${address}`,
      headers: headers as Record<string, string>,
      ...(body instanceof Blob && { payload: Buffer.from(await body.arrayBuffer()) }),
    })
    return new Response(answer.body, { status: answer.statusCode })
  })
}

const file = (bytes: Uint8Array, type = 'image/png') =>
  new File([Uint8Array.from(bytes)], 'one.png', { type })

/** A page that is open: what was shown on its screen, in order, and how it is given a picture or a key. */
function openPage() {
  const shown: (readonly [what: keyof Screen, ...with_: unknown[]])[] = []
  const given = { picture: (_: File) => {}, key: (_: string) => {} }
  const screen: Screen = {
    model: model => void shown.push(['model', model]),
    picture: picture => void shown.push(['picture', picture.name]),
    answer: answer => void shown.push(['answer', answer]),
    problem: problem => void shown.push(['problem', problem]),
    askKey: (wrong, use) => {
      given.key = use
      shown.push(['askKey', wrong])
    },
  }
  startPage({
    connect,
    openScreen: () => screen,
    listenForPictures: take => {
      given.picture = take
    },
  })
  return { shown, given, next: (count: number) => until(() => shown.length >= count) }
}

test('the model is shown as the route tells it, and a picture is answered', async () => {
  const app = await tinyApp()
  fetchFrom(app)
  const { shown, given, next } = openPage()
  await next(1)
  expect(shown).toEqual([['model', (await app.http.inject('/v1/model')).json()]])
  given.picture(file(await png()))
  await next(3)
  expect(shown.slice(1)).toEqual([
    ['picture', 'one.png'],
    [
      'answer',
      {
        name: expect.any(String),
        answers: expect.arrayContaining([{ className: 'red', probability: expect.any(Number) }]),
        sure: null,
        focus: expect.objectContaining({ svg: expect.stringContaining('<svg') }),
      },
    ],
  ])
})

test('a picture that is given before the service has said what it is, is asked about once', async () => {
  const app = await tinyApp()
  fetchFrom(app)
  const asked = vi.spyOn(globalThis, 'fetch')
  const picture = file(await png())
  const { shown, given, next } = openPage()
  given.picture(picture)
  await next(3)
  expect(shown.map(([what]) => what)).toEqual(['picture', 'model', 'answer'])
  expect(asked.mock.calls.map(([address]) => String(address).split('?')[0])).toEqual([
    'v1/model',
    'v1/predict',
  ])
})

test('a service that could not say what it is is asked again with the next picture', async () => {
  const app = await tinyApp()
  fetchFrom(app)
  const answers = globalThis.fetch
  const busy = { error: { code: 'overloaded', message: 'Too busy.', advice: 'Try again.' } }
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(busy), { status: 503 }))
  const { shown, given, next } = openPage()
  await next(1)
  expect(shown).toEqual([['problem', busy.error]])
  vi.stubGlobal('fetch', answers)
  given.picture(file(await png()))
  await next(4)
  expect(shown.slice(1).map(([what]) => what)).toEqual(['picture', 'model', 'answer'])
})

test('what is no picture is a problem with its advice', async () => {
  fetchFrom(await tinyApp())
  const { shown, given, next } = openPage()
  await next(1)
  given.picture(file(Buffer.from('words'), 'text/plain'))
  await next(3)
  expect(shown).toContainEqual([
    'problem',
    { code: 'notAPicture', message: expect.any(String), advice: expect.stringContaining('PNG') },
  ])
})

test('a picture of a form that cannot be used is a problem, too', async () => {
  const app = await tinyApp()
  const form = formOf([
    ['a.png', 'no picture'],
    ['b.png', await png()],
  ])
  const { body } = await app.http.inject({ method: 'POST', url: '/v1/predict', ...form })
  fetchFrom(app)
  const { shown, given, next } = openPage()
  await next(1)
  vi.stubGlobal('fetch', async () => new Response(body))
  given.picture(file(await png()))
  await next(3)
  expect(shown.at(-1)).toEqual(['problem', expect.objectContaining({ code: 'notAPicture' })])
})

test('where there is no service it says so, in the form of a refusal', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no route')))
  const { shown, next } = openPage()
  await next(1)
  expect(shown).toEqual([
    [
      'problem',
      {
        code: 'unreachable',
        message: 'The service cannot be reached.',
        advice: 'See whether it is still running.',
      },
    ],
  ])
})

test('a service with a key is asked again with it', async () => {
  fetchFrom(await tinyApp({ apiKey: 'sesame' }, tinyClassifier()))
  const { shown, given, next } = openPage()
  await next(1)
  given.key('guess')
  await next(2)
  given.key('sesame')
  await next(3)
  expect(shown.map(([what, value]) => [what, typeof value === 'boolean' ? value : null])).toEqual([
    ['askKey', false],
    ['askKey', true],
    ['model', null],
  ])
})

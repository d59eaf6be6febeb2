import sharp from 'sharp'

/** A request as autocannon and we ourselves send it. */
export interface Question {
  readonly method: 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What it should be answered with, where the service is not busy. */
  readonly expected: number
}

/** The largest body the service of this bench takes. */
export const maxSize = '1MB'

/** Good and bad requests, as they come to a service: sixteen good ones, and one of each way to be bad. */
export async function mixedQuestions(): Promise<Question[]> {
  const pictures = await Promise.all([320, 480, 640].map(width => noise(width, 1)))
  const [small, middle, large] = pictures as [Buffer, Buffer, Buffer]
  const good = [
    raw(small),
    raw(middle),
    raw(large),
    raw(small, 'application/octet-stream'),
    form([small]),
    form([middle, small]),
    form([small, middle, large, small]),
    form([large, Buffer.from('no picture')]),
  ]
  const bad = [
    raw(middle.subarray(0, 900), 'image/jpeg', 422),
    raw(Buffer.from('no picture'), 'image/png', 422),
    raw(small, 'application/json', 415),
    raw(Buffer.alloc(1.5 * 1024 ** 2), 'image/jpeg', 413),
    { ...form([small]), body: form([small]).body.subarray(0, 400), expected: 400 },
  ]
  return [...good, ...good, ...bad]
}

const raw = (body: Buffer, type = 'image/jpeg', expected = 200): Question => ({
  method: 'POST',
  path: '/v1/predict',
  headers: { 'content-type': type },
  body,
  expected,
})

const boundary = 'edge-of-a-part'

function form(files: readonly Buffer[]): Question {
  const parts = files.flatMap((bytes, i) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${i}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ])
  const body = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])
  return raw(body, `multipart/form-data; boundary=${boundary}`)
}

/** A JPEG of 4:3 that is as hard to decode as a photograph. */
const noise = (width: number, sigma: number): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height: (width * 3) / 4,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .blur(sigma)
    .jpeg()
    .toBuffer()

import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { encodePng, pngAddress } from './encode-png.js'

const picture = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom(1 as const, 3 as const),
  })
  .chain(({ width, height, channels }) => {
    const length = width * height * channels
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map(data => ({ width, height, channels, data }))
  })

test('another decoder reads the pixels that were written', async () => {
  await fc.assert(
    fc.asyncProperty(picture, async pixels => {
      const { data, info } = await sharp(encodePng(pixels)).raw().toBuffer({ resolveWithObject: true })
      expect([info.width, info.height]).toEqual([pixels.width, pixels.height])
      const colours = sharp(encodePng(pixels)).metadata()
      expect((await colours).channels).toBe(pixels.channels)
      expect(data.filter((_, i) => i % info.channels < pixels.channels)).toEqual(Buffer.from(pixels.data))
    }),
    { numRuns: 50 },
  )
})

test('a picture longer than one stored block is read, too', async () => {
  const data = Uint8Array.from({ length: 300 * 100 * 3 }, (_, i) => (i * 7) % 251)
  const read = await sharp(encodePng({ width: 300, height: 100, channels: 3, data }))
    .raw()
    .toBuffer()
  expect(read).toEqual(Buffer.from(data))
})

test('the address holds the bytes', () => {
  const pixels = { width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) } as const
  expect(Buffer.from(pngAddress(pixels).split(',')[1]!, 'base64')).toEqual(Buffer.from(encodePng(pixels)))
})

test('pixels that are too few are refused', () => {
  expect(() => encodePng({ width: 2, height: 2, channels: 3, data: new Uint8Array(4) })).toThrow(
    'encodePng: 2×2×3 pixels came as 4 bytes',
  )
})

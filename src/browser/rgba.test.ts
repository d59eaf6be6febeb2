import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Random } from '../base/random.js'
import { decodePicture } from '../node/pictures/decode.js'
import { fromRgba } from './rgba.js'

/** A square of 100×100 random colours; the first 256 are greys. */
function colours(): Uint8Array {
  const random = new Random(3, 'colours')
  const rgba = Uint8Array.from({ length: 10_000 * 4 }, () => random.integer(256))
  for (let at = 0; at < rgba.length; at += 4) rgba[at + 3] = 255
  for (let grey = 0; grey < 256; grey++) rgba.fill(grey, 4 * grey, 4 * grey + 3)
  return rgba
}

test.each([1, 3] as const)('of 10,000 colours it makes the bytes of Node, %i channels', async channels => {
  const data = colours()
  const png = await sharp(data, { raw: { width: 100, height: 100, channels: 4 } })
    .png()
    .toBuffer()
  const node = await decodePicture(png, 'colours.png', channels)
  const browser = fromRgba({ data, width: 100, height: 100 }, channels)
  expect(browser.shape).toEqual([100, 100, channels])
  expect(Buffer.from(browser.data).equals(node.data)).toBe(true)
})

test('what is transparent is laid on white, and what is half transparent half', () => {
  const data = Uint8Array.from([9, 8, 7, 0, 100, 0, 255, 51])
  expect([...fromRgba({ data, width: 2, height: 1 }, 3).data]).toEqual([255, 255, 255, 224, 204, 255])
})

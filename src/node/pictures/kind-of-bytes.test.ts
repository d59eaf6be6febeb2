import sharp from 'sharp'
import { expect, test } from 'vitest'
import { expectPixels, readHeader } from './decode.js'
import { kindOfBytes } from './kind-of-bytes.js'

test('a TIFF file is one with long offsets, too', async () => {
  const red = { width: 3, height: 2, channels: 3, background: 'red' } as const
  for (const bigtiff of [false, true]) {
    const bytes = await sharp({ create: red }).tiff({ bigtiff }).toBuffer()
    expect(kindOfBytes(bytes)).toBe('tiff')
    expectPixels(bytes, 'red.tiff')
    expect(await readHeader(bytes, 'red.tiff')).toMatchObject({ height: 2, width: 3 })
  }
})

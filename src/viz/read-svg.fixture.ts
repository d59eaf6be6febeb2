import sharp from 'sharp'

/** A picture as red, green, blue. */
export interface Decoded {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** The pictures embedded in an SVG, in their order, read by a decoder that is not ours. */
export const embeddedPictures = (svg: string): Promise<Decoded[]> =>
  Promise.all(
    [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map(async ([, base64]) => {
      const { data, info } = await sharp(Buffer.from(base64!, 'base64'))
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true })
      return { width: info.width, height: info.height, rgb: Uint8Array.from(data) }
    }),
  )

/** The texts of an SVG, in their order. */
export const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!)

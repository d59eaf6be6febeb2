import { FileError } from '../base/errors.js'

/**
 * Width and height of a picture file in pixels, turned as its EXIF note says.
 *
 * @throws FileError for what is no picture
 */
export async function pictureSize(path: string): Promise<readonly [width: number, height: number]> {
  const { default: sharp } = await import('sharp')
  const { autoOrient } = await sharp(path)
    .metadata()
    .catch(cause => {
      throw new FileError(`${path}: not an image that can be read.`, undefined, { cause })
    })
  return [autoOrient.width, autoOrient.height]
}

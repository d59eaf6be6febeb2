import type { PictureFit } from '../../base/picture-fit.js'

/** What pictures are brought to. */
export interface PictureFormat {
  readonly height: number
  readonly width: number
  /** 1 grey, 3 colour. */
  readonly channels: 1 | 3
  readonly fit: PictureFit
}

export const bytesOfPicture = ({ height, width, channels }: PictureFormat): number =>
  height * width * channels

/** `64x64x3-crop`, for the names of files. */
export const formatName = ({ height, width, channels, fit }: PictureFormat): string =>
  `${height}x${width}x${channels}-${fit}`

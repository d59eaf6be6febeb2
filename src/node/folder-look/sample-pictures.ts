import { Tensor } from '../../base/tensor.js'
import { resizePicture } from '../../data/resize.js'
import type { Pixels } from '../../viz/png/encode-png.js'
import type { FolderPicture, PictureFolder } from '../folder-data/read-folder.js'
import { uniquePictures } from './file-groups.js'

/** More pixels in a row or a column only make drawings heavy. */
const mostSide = 64

/**
 * Pictures of a class, each content once, at equal distances in the order of their hashes: a fair sample, the same on every
 * machine. They are as training sees them, but for those of more than 64 pixels a side, which are shrunk.
 */
export function samplePictures(
  { store, pictures }: Pick<PictureFolder, 'store' | 'pictures'>,
  label: number,
  count: number,
): Pixels[] {
  const own = uniquePictures(pictures.filter(picture => picture.label === label)).sort(byHash)
  const sample =
    own.length <= count
      ? own
      : Array.from({ length: count }, (_, i) => own[Math.floor((i * own.length) / count)]!)
  return sample.map(({ row }) => {
    const picture = new Tensor(new Uint8Array(store.rowShape.reduce((a, b) => a * b, 1)), store.rowShape)
    store.read(row, picture.data)
    return asPixels(picture)
  })
}

const byHash = (a: FolderPicture, b: FolderPicture): number => (a.hash < b.hash ? -1 : 1)

function asPixels(picture: Tensor<Uint8Array>): Pixels {
  const [height, width, channels] = picture.shape as [number, number, 1 | 3]
  const scale = Math.min(1, mostSide / Math.max(height, width))
  const shrunk = resizePicture(picture, Math.round(height * scale), Math.round(width * scale))
  return { height: shrunk.shape[0]!, width: shrunk.shape[1]!, channels, data: shrunk.data }
}

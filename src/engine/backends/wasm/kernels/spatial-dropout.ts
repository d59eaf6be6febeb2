import { sizeOf } from '../../../../base/shape.js'
import { dropoutThreshold } from '../../../ops/dropout.js'
import { f32x4, i32, i32x4, v128 } from '../assembler/expressions.js'
import { hashOfFour, layerKey } from './element-hash.js'
import { type Emission, FLOAT, type KernelFor, LANES } from './kernel.js'

/** Floats of output that one piece computes, about. */
const PIECE_FLOATS = 16384

/** A piece is some pixels of one picture: it makes the masks of the picture's channels once, then goes over the pixels. */
export const spatialDropout: KernelFor<'spatialDropout'> = ({ attributes, output }) => {
  const { rate, salt } = attributes
  const channels = output.at(-1)!
  const pixels = sizeOf(output.slice(1, -1))
  const pixelsPerPiece = Math.max(1, Math.min(pixels, Math.floor(PIECE_FLOATS / channels)))
  const piecesPerPicture = Math.ceil(pixels / pixelsPerPiece)
  const rest = channels % LANES

  const emit = ({ f, at, piece, scratch }: Emission) => {
    const picture = f.i32(i32.div(piece, piecesPerPicture))
    const key = layerKey(f, at.inputs[1]!, salt)
    const c = f.i32()
    f.for(c, 0, channels, LANES, () => {
      const hash = hashOfFour(f, key, i32.add(i32.mul(picture, channels), c))
      const kept = i32x4.unsignedGe(i32x4.shr(hash, 8), i32x4.splat(dropoutThreshold(rate)))
      f.storeVector(i32.add(scratch, i32.mul(c, FLOAT)), kept)
    })

    const begin = i32.mul(i32.rem(piece, piecesPerPicture), pixelsPerPiece)
    const pixel = f.i32(i32.add(i32.mul(picture, pixels), begin))
    const end = f.i32(i32.min(i32.mul(i32.add(picture, 1), pixels), i32.add(pixel, pixelsPerPiece)))
    const offset = f.i32()
    const four = (lanes: number) => {
      f.set(offset, i32.mul(i32.add(i32.mul(pixel, channels), c), FLOAT))
      const x = v128.load(i32.add(at.inputs[0]!, offset))
      const kept = v128.load(i32.add(scratch, i32.mul(c, FLOAT)))
      f.storeLanes(i32.add(at.output, offset), f.v128(v128.and(f32x4.div(x, 1 - rate), kept)), lanes)
    }
    f.while(i32.lt(pixel, end), () => {
      f.for(c, 0, channels - rest, LANES, () => four(LANES))
      if (rest > 0) {
        f.set(c, channels - rest)
        four(rest)
      }
      f.increase(pixel, 1)
    })
  }
  const pieces = output[0]! * piecesPerPicture
  return { steps: [{ name: 'spatial dropout', pieces, emit }], scratch: Math.ceil(channels / LANES) * LANES }
}

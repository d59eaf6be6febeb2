import { formatCount } from '../../base/format.js'
import type { Tensor } from '../../base/tensor.js'
import type { Classifier } from '../../classify/classifier.js'
import { expectPixels, type PictureHeader, readHeader } from '../../node/pictures/decode.js'
import { Gate } from '../../node/pictures/gate.js'
import { PictureError } from '../../node/pictures/picture-error.js'

/** Pixels that are decoded at the same time at most: 100 million need 300 MB. */
const pixelsAtOnce = 100_000_000

/** A picture as the network takes it, and its own size. */
export interface ReadPicture {
  readonly picture: Tensor<Uint8Array>
  readonly header: PictureHeader
}

/** Decodes pictures in parallel, as many as there are cores and as memory allows. */
export class PictureReader {
  private readonly decoders: Gate
  private readonly pixels = new Gate(pixelsAtOnce)

  constructor(
    private readonly classifier: Classifier<Uint8Array>,
    private readonly maxPixels: number,
    cores: number,
  ) {
    this.decoders = new Gate(cores)
  }

  /** @throws PictureError for what is no picture, broken, or too large; nothing is decoded to find the last */
  async read(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<ReadPicture> {
    const work = async () => {
      expectPixels(bytes, name)
      const header = await readHeader(bytes, name)
      const pixels = header.width * header.height
      if (pixels > this.maxPixels) throw tooManyPixels(name, header, this.maxPixels)
      const picture = await this.pixels.pass(pixels, () => this.classifier.read(bytes), signal)
      return { picture, header }
    }
    return this.decoders.pass(1, work, signal)
  }
}

const tooManyPixels = (name: string, { width, height }: PictureHeader, most: number): PictureError =>
  new PictureError(
    'tooLarge',
    `${name}: the picture has ${formatCount(width)}×${formatCount(height)} pixels, but this service takes at most ${formatCount(most)}.`,
    'Make it smaller: the network sees a small version anyway.',
  )

import { formatCount } from '../../base/format.js'
import type { Tensor } from '../../base/tensor.js'
import type { Classifier } from '../../classify/classifier.js'
import { expectPixels, type PictureHeader, readHeader } from '../../node/pictures/decode.js'
import { decodeInTurn } from '../../node/pictures/decode-in-turn.js'
import { Gate } from '../../node/pictures/gate.js'
import { PictureError } from '../../node/pictures/picture-error.js'

/** A picture as the network takes it, and its own size. */
export interface ReadPicture {
  readonly picture: Tensor<Uint8Array>
  readonly header: PictureHeader
}

/** Decodes pictures in parallel, as many as there are cores and as memory allows. */
export class PictureReader {
  private readonly decoders: Gate

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
      const [, , channels] = this.classifier.inputShape
      const prepare = (whole: Tensor<Uint8Array>) => this.classifier.prepare(whole)
      const picture = await decodeInTurn({ bytes, name, header }, channels, prepare, signal)
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

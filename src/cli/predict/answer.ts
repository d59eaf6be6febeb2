import { FoveaError } from '../../base/errors.js'
import type { Tensor } from '../../base/tensor.js'
import type { Classifier } from '../../classify/classifier.js'
import type { Prediction } from '../../classify/prediction.js'
import { showName } from '../../node/folder/show-name.js'
import { readHeader } from '../../node/pictures/decode.js'
import { decodeInTurn } from '../../node/pictures/decode-in-turn.js'
import { Gate } from '../../node/pictures/gate.js'
import { readAhead } from '../../node/pictures/read-ahead.js'
import type { AskedPicture, AskedPictures } from './asked-picture.js'

/** What came of a picture: a prediction, or why there is none. */
export type Answered =
  | { readonly picture: string; readonly prediction: Prediction }
  | { readonly picture: string; readonly error: FoveaError }

type Read =
  | { readonly picture: string; readonly pixels: Tensor<Uint8Array> }
  | { readonly picture: string; readonly error: FoveaError }

/** Pictures that are computed together, and as many again are decoded meanwhile. */
const batch = 64

/** Files in memory at once: more than the decoder has threads. */
const filesAtOnce = 8

/**
 * Answers in the order of the pictures, some at a time. What is in memory is bounded: files, 100 million decoded pixels, and
 * two batches of pictures in the network's size. A picture that cannot be read is answered with its error.
 *
 * @param signal ends the answers with those that are known
 */
export async function* answer(
  classifier: Classifier<never>,
  { pictures }: AskedPictures,
  signal: AbortSignal,
): AsyncGenerator<Answered[]> {
  const read = pictureReader(classifier)
  for await (const pictureBatch of readAhead(pictures, read, { batch, ahead: batch, signal }))
    yield answerBatch(classifier, pictureBatch)
}

function pictureReader(classifier: Classifier<never>): (asked: AskedPicture) => Promise<Read> {
  const files = new Gate(filesAtOnce)
  const pixelsOf = async (asked: AskedPicture) => {
    const shown = asked.shown ?? showName(asked.name)
    const bytes = await asked.bytes(shown)
    const picture = { bytes, name: shown, header: await readHeader(bytes, shown) }
    return decodeInTurn(picture, classifier.inputShape[2], whole => classifier.prepare(whole))
  }
  return asked =>
    files.pass(1, async () => {
      const picture = asked.name
      try {
        return { picture, pixels: await pixelsOf(asked) }
      } catch (error) {
        if (error instanceof FoveaError) return { picture, error }
        throw error
      }
    })
}

async function answerBatch(classifier: Classifier<never>, read: readonly Read[]): Promise<Answered[]> {
  const pixels = read.flatMap(one => ('pixels' in one ? [one.pixels] : []))
  const predictions = await classifier.classify(pixels)
  let row = 0
  return read.map(one => ('error' in one ? one : { picture: one.picture, prediction: predictions[row++]! }))
}

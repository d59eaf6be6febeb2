import { MemoryError } from '../../base/errors.js'
import { Tensor } from '../../base/tensor.js'
import type { Classifier } from '../../classify/classifier.js'

/** Pictures that are computed together at most. */
const mostPictures = 64

/**
 * So many pictures the network can compute together: 64, or fewer where the memory does not reach. It is tried before the
 * first request comes, which then finds the programs compiled.
 *
 * @throws MemoryError where it does not reach for one
 */
export async function largestBatch(classifier: Classifier<never>): Promise<number> {
  for (let size = mostPictures; ; size /= 2)
    try {
      const black = new Tensor(new Uint8Array(lengthOf(classifier)), [...classifier.inputShape])
      await classifier.classify(Array.from({ length: size }, () => black))
      return size
    } catch (error) {
      if (!(error instanceof MemoryError) || size === 1) throw error
    }
}

const lengthOf = ({ inputShape: [height, width, channels] }: Classifier<never>): number =>
  height * width * channels

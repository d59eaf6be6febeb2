import { Tensor } from '../../base/tensor.js'
import type { Classifier } from '../../classify/classifier.js'
import type { Prediction } from '../../classify/prediction.js'

/** What a batch of pictures shows; each has the size the network takes. */
export async function classifyBatch(
  classifier: Classifier<never>,
  pictures: readonly Tensor<Uint8Array>[],
): Promise<Prediction[]> {
  const predictions = await classifier.classifyRows(rowsOf(classifier, pictures))
  return predictions.slice(0, pictures.length)
}

/**
 * The pictures below each other, and black ones up to the next power of two. The engine compiles a program for each number of
 * rows it meets and keeps it; so there are seven of them instead of sixty-four.
 */
function rowsOf(
  { inputShape }: Classifier<never>,
  pictures: readonly Tensor<Uint8Array>[],
): Tensor<Uint8Array> {
  const [height, width, channels] = inputShape
  const length = height * width * channels
  const rows = nextPowerOfTwo(pictures.length)
  const bytes = new Uint8Array(rows * length)
  pictures.forEach(({ data }, row) => bytes.set(data, row * length))
  return new Tensor(bytes, [rows, height, width, channels])
}

const nextPowerOfTwo = (count: number): number => 2 ** Math.ceil(Math.log2(count))

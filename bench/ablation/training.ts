import type { Examples } from '../../src/data/dataset.js'
import type { Recipe } from '../../src/recipes/index.js'
import { Sequential } from '../../src/train/sequential.js'
import type { TestTime } from '../../src/train/test-time/views.js'

export interface Parts {
  readonly train: Examples
  readonly measured: Examples
}

/** One training, measured. */
export interface Trained {
  /** For each measured picture 1 where the network was right, else 0. */
  readonly right: Uint8Array
  /** The same for answers averaged over views of a picture. */
  readonly rightAveraged: Uint8Array
  /** Of `fit`. */
  readonly seconds: number
}

export async function trainRecipe(
  { network, compile, fit, testTime }: Recipe,
  { train, measured }: Parts,
  seed: number,
): Promise<Trained> {
  const model = new Sequential(network.layers(train.x.shape.slice(1), 10), { seed })
  model.compile(compile)
  const begin = performance.now()
  await model.fit(train.x, train.y, { ...fit, verbose: 0 })
  const seconds = (performance.now() - begin) / 1000
  const rightWith = async (testTime: TestTime): Promise<Uint8Array> => {
    const { predicted } = await model.evaluateDetailed(measured.x, measured.y, { batchSize: 100, testTime })
    return Uint8Array.from(predicted, (label, row) => Number(label === measured.y.data[row]))
  }
  return { right: await rightWith('none'), rightAveraged: await rightWith(testTime), seconds }
}

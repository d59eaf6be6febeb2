import type { LossConfig } from '../nn/losses.js'
import type { NamedModel } from '../nn/models.js'
import type { AugmentConfig } from '../train/augmentation/step.js'
import type { OptimizerConfig } from '../train/optimizers/registry.js'
import type { TestTime } from '../train/test-time/views.js'

/**
 * A whole way of training a network, as data. `compile` and `fit` are what `model.compile` and `model.fit` take:
 *
 *     const model = new Sequential(recipe.network.layers([32, 32, 3], 10))
 *     model.compile(recipe.compile)
 *     await model.fit(x, y, recipe.fit)
 */
export interface Recipe {
  readonly name: string
  /** One line for lists. */
  readonly description: string
  /** The network, for pictures of any size it allows and any number of classes. */
  readonly network: NamedModel
  readonly compile: {
    readonly optimizer: OptimizerConfig
    readonly loss: LossConfig
    readonly metrics: readonly string[]
  }
  readonly fit: {
    readonly batchSize: number
    readonly epochs: number
    readonly augment: readonly AugmentConfig[]
  }
  /** Over which views of a picture its answer is averaged when the trained network is measured; `none`: it is measured as it is only. */
  readonly testTime: TestTime
}

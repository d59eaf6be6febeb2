import { modelFromName } from '../nn/models.js'
import { type Network, sequential } from '../nn/network.js'

/** The network of that name for CIFAR-10: pictures of 32×32×3, ten classes. */
export const namedNetwork = (name: string): Network => sequential(modelFromName(name).layers([32, 32, 3], 10))

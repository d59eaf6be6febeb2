import { modelFromName } from '../nn/models.js'
import type { Network } from '../nn/network.js'

/** The network of that name for CIFAR-10: pictures of 32×32×3, ten classes. */
export const namedNetwork = (name: string): Network => modelFromName(name).network([32, 32, 3], 10)

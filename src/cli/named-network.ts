import { type Network, sequential } from '../nn/network.js'
import { networkFromName } from '../recipes/index.js'

/** The network of that name for CIFAR-10: pictures of 32×32×3, ten classes. */
export const namedNetwork = (name: string): Network =>
  sequential(networkFromName(name).layers([32, 32, 3], 10))

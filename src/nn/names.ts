import { plain } from '../base/nearest.js'

/** The known name that `given` spells, letter case and separators aside: `leaky_relu` is `leakyRelu`. */
export function knownName<N extends string>(given: unknown, known: readonly N[]): N | undefined {
  return typeof given === 'string' ? known.find(name => plain(name) === plain(given)) : undefined
}

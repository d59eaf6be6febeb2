/** Letters and digits only, in lower case: what two spellings of one name have in common. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The known name that `given` spells, letter case and separators aside: `leaky_relu` is `leakyRelu`. */
export function knownName<N extends string>(given: unknown, known: readonly N[]): N | undefined {
  return typeof given === 'string' ? known.find(name => plain(name) === plain(given)) : undefined
}

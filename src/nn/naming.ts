import { OptionError } from '../base/errors.js'

/** A class's name as Keras writes it for layers: `MaxPooling2D` → `max_pooling2d`. */
export const snakeCase = (className: string): string =>
  className.replace(/(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()

/** What a layer's name is made from: the user's word, else the class. */
export interface Nameable {
  readonly className: string
  readonly given: string | undefined
}

/**
 * Names for all layers of one network, in their order: the given one, else the class in snake case, numbered from
 * the second on. Numbers that a user took are passed over; two equal given names are an OptionError.
 */
export function uniqueNames(layers: readonly Nameable[]): string[] {
  const taken = new Map<string, string>()
  for (const { className, given } of layers) if (given !== undefined) take(taken, given, className)
  return layers.map(({ className, given }) => given ?? nextName(taken, className))
}

function take(taken: Map<string, string>, name: string, className: string): void {
  const owner = taken.get(name)
  if (owner !== undefined)
    throw new OptionError(
      `Two layers are named "${name}": a ${owner} and a ${className}.`,
      'Give one of them another name, or leave the name out: then it is numbered.',
    )
  taken.set(name, className)
}

function nextName(taken: Map<string, string>, className: string): string {
  const base = snakeCase(className)
  let name = base
  for (let number = 1; taken.has(name); number++) name = `${base}_${number}`
  taken.set(name, className)
  return name
}

import { unknownName } from '../base/nearest.js'

/** The number of a class, from 0, by its name; one that nobody knows is refused with the nearest. */
export function labelNamed(name: string, classNames: readonly string[]): number {
  const label = classNames.indexOf(name)
  if (label >= 0) return label
  throw unknownName('class', name, classNames)
}

import type { Listing, PartName } from './listing.js'
import { inOrder } from './natural-order.js'
import { listed, type PassedOver } from './passed-over.js'
import { showName } from './show-name.js'

/** A picture with its class by name. */
export interface NamedPicture {
  readonly path: string
  readonly className: string
  readonly part: PartName | null
}

interface Found {
  readonly place: string
  readonly layout: Listing['layout']
  /** In the order they shall have. */
  readonly pictures: readonly NamedPicture[]
  readonly notices?: readonly string[]
  readonly passedOver: PassedOver
}

/** Numbers the classes, and says what is odd about them. */
export function makeListing({ place, layout, pictures, notices = [], passedOver }: Found): Listing {
  const classNames = inOrder(new Set(pictures.map(({ className }) => className)), name => name)
  const labels = new Map(classNames.map((name, label) => [name, label]))
  return {
    place,
    layout,
    classNames,
    pictures: pictures.map(({ path, className, part }) => ({ path, label: labels.get(className)!, part })),
    notices: [
      ...notices,
      ...missingInParts(classNames, pictures),
      ...alikeNames(classNames),
      ...passedOver.sentences(),
    ],
  }
}

const partNames: readonly PartName[] = ['train', 'validation', 'test']

/** A sentence about classes that one part has and another has not. */
function missingInParts(classNames: readonly string[], pictures: readonly NamedPicture[]): string[] {
  const classes = new Map<PartName, Set<string>>()
  for (const { className, part } of pictures) {
    if (part === null) continue
    const known = classes.get(part)
    if (known) known.add(className)
    else classes.set(part, new Set([className]))
  }
  const parts = partNames.filter(part => classes.has(part))
  const somewhere = classNames.filter(name => parts.some(part => classes.get(part)!.has(name)))
  const missing = somewhere.flatMap(name =>
    parts.filter(part => !classes.get(part)!.has(name)).map(part => `${showName(name)} (${part})`),
  )
  return missing.length === 0 ? [] : [`Classes without pictures in a part: ${examples(missing)}.`]
}

/** A sentence about names that differ in nothing but letter case: rarely meant. */
function alikeNames(classNames: readonly string[]): string[] {
  const byLetters = new Map<string, string[]>()
  for (const name of classNames) {
    const letters = name.toLowerCase()
    byLetters.set(letters, [...(byLetters.get(letters) ?? []), showName(name)])
  }
  const alike = [...byLetters.values()].filter(names => names.length > 1).map(names => names.join(' and '))
  return alike.length === 0 ? [] : [`Classes that differ in letter case only: ${examples(alike)}.`]
}

const examples = (all: readonly string[]): string => listed(all.slice(0, 3), all.length)

import type { Shape } from '../../base/shape.js'
import { isBlock } from './chain-scale.js'

/**
 * What a layer does in the network: it makes pictures of pictures, or it works on the numbers they end in. Null for
 * what is fed in.
 */
export type Part = 'converts' | 'classifies' | null

/** A layer, as far as its part depends on it. */
interface Shaped {
  readonly name: string
  readonly isInput: boolean
  readonly from: readonly string[]
  readonly output: Shape
}

/**
 * The part of each layer, by shapes alone: the second begins with the first flat shape that no block comes after. Flat
 * shapes on the way to a block, as in attention to channels, belong to the first.
 */
export function partsOf(rows: readonly Shaped[]): ReadonlyMap<string, Part> {
  const leadsToBlock = new Set<string>()
  for (const { name, output, from } of rows.toReversed())
    if (isBlock(output) || leadsToBlock.has(name)) for (const before of from) leadsToBlock.add(before)
  return new Map(
    rows.map(({ name, output, isInput }) => {
      const converts = isBlock(output) || leadsToBlock.has(name)
      return [name, isInput ? null : converts ? 'converts' : 'classifies']
    }),
  )
}

/** Neighbours of one part: places `from` (included) to `to` (excluded). */
export interface Run {
  readonly part: Part
  readonly from: number
  readonly to: number
}

export function runsOf(panels: readonly { readonly part: Part }[]): Run[] {
  const runs: Run[] = []
  for (const [i, { part }] of panels.entries()) {
    const last = runs.at(-1)
    if (last?.part === part) runs[runs.length - 1] = { ...last, to: i + 1 }
    else runs.push({ part, from: i, to: i + 1 })
  }
  return runs.filter(run => run.part !== null)
}

/** Panels of a part, as they are told. */
interface Told {
  readonly part: Part
  readonly names: readonly string[]
}

/** `conv2d to max_pooling2d: the network converts the picture. flatten to dense: the network classifies.` */
export function describeParts(panels: readonly Told[]): string {
  const sentences = (['converts', 'classifies'] as const).flatMap(part => {
    const runs = runsOf(panels).filter(run => run.part === part)
    const spans = runs.map(({ from, to }) => spanOf(panels[from]!.names[0]!, panels[to - 1]!.names.at(-1)!))
    return spans.length === 0 ? [] : [`${spans.join(', ')}: the network ${labelOf(part)}.`]
  })
  return sentences.join(' ')
}

const spanOf = (first: string, last: string): string => (first === last ? first : `${first} to ${last}`)

/** What stands over a bracket. */
export const labelOf = (part: Part): string => (part === 'converts' ? 'converts the picture' : 'classifies')

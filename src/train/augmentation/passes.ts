import { recolourNumbers } from '../../engine/ops/recolour-pictures.js'
import { type Affine, inTurn } from './affine.js'
import { type ColourMap, inTurn as coloursInTurn, sameColours } from './colour-map.js'
import type { BatchDraw, PictureDraw } from './draw.js'
import type { Colouring, Geometry, Part, Pass } from './part.js'
import { borderOf, type Fill, type Pictures } from './pictures.js'

/** A part with the key of its chances: its place in the list. */
export interface PlacedPart {
  readonly place: string
  readonly part: Part
}

/** A pass with the key of its chances. */
export interface PlacedPass {
  readonly place: string
  readonly pass: Pass
}

interface Placed<P extends Part> {
  readonly place: string
  readonly part: P
}

/** What is computed, in order: neighbours that move pixels become one pass, neighbours that change colours too. */
export function passesOf(parts: readonly PlacedPart[], pictures: Pictures): PlacedPass[] {
  const groups: PlacedPart[][] = []
  for (const next of parts) {
    const group = groups.at(-1)
    if (group?.every(({ part }) => belongTogether(part, next.part))) group.push(next)
    else groups.push([next])
  }
  return groups.map(group => ({ place: group[0]!.place, pass: passOf(group, pictures) }))
}

function belongTogether(one: Part, other: Part): boolean {
  if (one.kind === 'geometry' && other.kind === 'geometry')
    return one.fill === null || other.fill === null || one.fill === other.fill
  return one.kind === 'colouring' && other.kind === 'colouring'
}

function passOf(group: readonly PlacedPart[], pictures: Pictures): Pass {
  const { part } = group[0]!
  if (part.kind === 'geometry') return geometryPass(group as readonly Placed<Geometry>[], pictures)
  if (part.kind === 'colouring') return colourPass(group as readonly Placed<Colouring>[], pictures)
  return part
}

function geometryPass(group: readonly Placed<Geometry>[], pictures: Pictures): Pass {
  const fill = group.find(({ part }) => part.fill !== null)?.part.fill ?? 'edge'
  return group.every(({ part }) => part.whole)
    ? movePass(group, fill, pictures)
    : warpPass(group, fill, pictures)
}

function movePass(group: readonly Placed<Geometry>[], fill: Fill, pictures: Pictures): Pass {
  return {
    kind: 'pass',
    columns: { moves: 4 },
    record: (recorder, { x, target }, input) => ({
      x: recorder.apply('movePictures', borderOf(fill, pictures), [x, input('moves')]),
      target,
    }),
    draw: (batch, _, { moves }) =>
      drawComposed(batch, group, inTurn, ([a, , c, , e, f], i) => moves!.set([a, e, -a * c, -e * f], 4 * i)),
  }
}

function warpPass(group: readonly Placed<Geometry>[], fill: Fill, pictures: Pictures): Pass {
  const [x0, y0] = [(pictures.width - 1) / 2, (pictures.height - 1) / 2]
  const mapAt = ([a, b, c, d, e, f]: Affine) => [
    Number(a !== 1 || b !== 0 || c !== 0 || d !== 0 || e !== 1 || f !== 0),
    a,
    b,
    c + x0 - a * x0 - b * y0,
    d,
    e,
    f + y0 - d * x0 - e * y0,
  ]
  return {
    kind: 'pass',
    columns: { maps: 7 },
    record: (recorder, { x, target }, input) => ({
      x: recorder.apply('warpPictures', borderOf(fill, pictures), [x, input('maps')]),
      target,
    }),
    draw: (batch, _, { maps }) =>
      drawComposed(batch, group, inTurn, (map, i) => maps!.set(mapAt(map), 7 * i)),
  }
}

function colourPass(group: readonly Placed<Colouring>[], { channels, range }: Pictures): Pass {
  const numbers = recolourNumbers(channels)
  const same = [0, ...numbersOf(sameColours(channels))]
  const write = (map: ColourMap, i: number, colours: Float32Array) => {
    const given = [1, ...numbersOf(map)]
    colours.set(given.every((value, at) => at === 0 || value === same[at]) ? same : given, numbers * i)
  }
  return {
    kind: 'pass',
    columns: { colours: numbers },
    record: (recorder, { x, target }, input) => ({
      x: recorder.apply('recolourPictures', range, [x, input('colours')]),
      target,
    }),
    draw: (batch, _, { colours }) =>
      drawComposed(batch, group, coloursInTurn, (map, i) => write(map, i, colours!)),
  }
}

const numbersOf = ({ shift, own, mean }: ColourMap): number[] => [...shift, ...own, ...mean]

/** Draws what every part of a group does to each picture, and makes one of it. */
function drawComposed<T>(
  batch: BatchDraw,
  group: readonly { readonly place: string; readonly part: { draw(picture: PictureDraw): T } }[],
  inTurn: (first: T, second: T) => T,
  write: (composed: T, index: number) => void,
): void {
  const composed: T[] = []
  for (const { place, part } of group)
    batch.each(place, (picture, i) => {
      const next = part.draw(picture)
      composed[i] = i in composed ? inTurn(composed[i]!, next) : next
    })
  composed.forEach(write)
}

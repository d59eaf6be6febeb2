import type { Random } from '../../../base/random.js'

/** Red, green, blue, each 0 … 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** Two colours and where between them a pixel lies: 0 the first … 1 the second. */
export interface Paint {
  readonly colours: readonly [Colour, Colour]
  readonly mix: (x: number, y: number) => number
}

type Texture = (random: Random, side: number) => Paint['mix']

/** A random direction: cosine and sine without calling either. */
export function direction(random: Random): readonly [cos: number, sin: number] {
  for (;;) {
    const x = random.uniform(-1, 1)
    const y = random.uniform(-1, 1)
    const squared = x * x + y * y
    if (squared > 0.01 && squared <= 1) return [x / Math.sqrt(squared), y / Math.sqrt(squared)]
  }
}

const clamp01 = (value: number): number => Math.max(0, Math.min(1, value))

const plain: Texture = () => () => 0

const gradient: Texture = (random, side) => {
  const [cos, sin] = direction(random)
  return (x, y) => clamp01(0.5 + ((x - side / 2) * cos + (y - side / 2) * sin) / side)
}

/** A wave of straight flanks between 0 and 1. */
const wave = (phase: number): number => clamp01(Math.abs((phase - Math.floor(phase)) * 4 - 2) - 0.5)

const stripes: Texture = random => {
  const [cos, sin] = direction(random)
  const period = random.uniform(4, 9)
  const start = random.uniform()
  return (x, y) => wave((x * cos + y * sin) / period + start)
}

const checks: Texture = random => {
  const [cos, sin] = direction(random)
  const period = random.uniform(6, 12)
  return (x, y) => {
    const across = wave((x * cos + y * sin) / period)
    const down = wave((y * cos - x * sin) / period)
    return across * down + (1 - across) * (1 - down)
  }
}

/** Random heights on a coarse grid, with straight lines between them. */
const clouds: Texture = (random, side) => {
  const cells = 4 + random.integer(4)
  const heights = Float64Array.from({ length: (cells + 2) * (cells + 2) }, () => random.uniform())
  return (x, y) => {
    const column = (x / side) * cells
    const row = (y / side) * cells
    const at = Math.floor(row) * (cells + 2) + Math.floor(column)
    const right = column - Math.floor(column)
    const above = heights[at]! + (heights[at + 1]! - heights[at]!) * right
    const below = heights[at + cells + 2]! + (heights[at + cells + 3]! - heights[at + cells + 2]!) * right
    return above + (below - above) * (row - Math.floor(row))
  }
}

const textures: readonly Texture[] = [plain, gradient, stripes, checks, clouds, clouds]

export const randomColour = (random: Random): Colour => [
  random.integer(256),
  random.integer(256),
  random.integer(256),
]

/** Paint of a random texture: `colour` and another one at most `spread` away from it in each of red, green, blue. */
export function randomPaint(random: Random, colour: Colour, spread: number, side: number): Paint {
  const near = (value: number) => Math.max(0, Math.min(255, value + random.uniform(-spread, spread)))
  const other: Colour = [near(colour[0]), near(colour[1]), near(colour[2])]
  const texture = textures[random.integer(textures.length)]!
  return { colours: [colour, other], mix: texture(random, side) }
}

/** A colour of dusk, on which there is room for brighter ones. */
export const darkColour = (random: Random): Colour => [
  30 + random.integer(120),
  30 + random.integer(120),
  30 + random.integer(120),
]

/** A colour that is clearly brighter than all the given ones, and clearly another. */
export function brighterColour(random: Random, others: readonly Colour[]): Colour {
  for (let attempt = 0; attempt < 40; attempt++) {
    const colour = randomColour(random)
    const standsOut = (other: Colour) =>
      difference(colour, other) > 90 && brightness(colour) > brightness(other) + 30
    if (others.every(standsOut)) return colour
  }
  return [255, 255, 255]
}

// The weights of television: the eye sees green best and blue worst.
const brightness = ([red, green, blue]: Colour): number => 0.3 * red + 0.59 * green + 0.11 * blue

/** 0 for equal colours … 255 for black and white. */
const difference = (a: Colour, b: Colour): number =>
  Math.sqrt(brightness([square(a[0] - b[0]), square(a[1] - b[1]), square(a[2] - b[2])]))

// A product is exactly rounded; a power need not be.
const square = (x: number): number => x * x

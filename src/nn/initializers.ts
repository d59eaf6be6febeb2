import type { Random } from '../base/random.js'
import { isRecord } from '../base/record.js'
import { type Shape, sizeOf } from '../base/shape.js'
import { withIdentity } from './dirac.js'
import { knownName } from './names.js'
import type { Rule } from './options/rule.js'
import { adviseNearest } from './options/rules.js'
import { orthogonal } from './orthogonal.js'

/**
 * How a weight begins, as plain JSON. Numbers of fan-in and fan-out are those of Keras: a kernel `[R, S, C, K]` has
 * R·S·C and R·S·K, a matrix its rows and columns.
 */
export type InitializerConfig =
  | { readonly name: VarianceName | 'zeros' | 'ones' }
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: 'randomNormal' | 'truncatedNormal'; readonly mean: number; readonly stddev: number }
  | { readonly name: 'randomUniform'; readonly minval: number; readonly maxval: number }
  | { readonly name: 'orthogonal'; readonly gain: number }
  | DiracConfig

/**
 * A kernel that hands its input on: filter k takes channel k at the centre of its window and nothing else, as far as there
 * are both; further filters begin as `rest` says. So a deep chain of convolutions begins as one that changes little
 * (Zagoruyko & Komodakis 2017, "DiracNets"; in part as here: Jordan 2024, arXiv 2404.00498).
 */
export interface DiracConfig {
  readonly name: 'dirac'
  /** Default: glorotUniform. */
  readonly rest: Exclude<InitializerConfig, DiracConfig>
}

export type InitializerName = InitializerConfig['name']

/** What users may write: a name, or a name with its numbers, `{ name: 'constant', value: 0.1 }`. */
export type InitializerOption =
  | InitializerName
  | InitializerConfig
  | { readonly name: InitializerName; readonly [number: string]: unknown }

type VarianceName = keyof typeof varianceScaling

interface Fans {
  readonly in: number
  readonly out: number
}

/** The variance each rule gives to the weights, and the distribution it draws from. */
const varianceScaling = {
  glorotUniform: { variance: (fan: Fans) => 2 / (fan.in + fan.out), draw: drawUniform },
  glorotNormal: { variance: (fan: Fans) => 2 / (fan.in + fan.out), draw: drawTruncatedNormal },
  heUniform: { variance: (fan: Fans) => 2 / fan.in, draw: drawUniform },
  heNormal: { variance: (fan: Fans) => 2 / fan.in, draw: drawTruncatedNormal },
  lecunUniform: { variance: (fan: Fans) => 1 / fan.in, draw: drawUniform },
  lecunNormal: { variance: (fan: Fans) => 1 / fan.in, draw: drawTruncatedNormal },
}

/** The numbers that belong to a name, with Keras' defaults. */
const numbers: Readonly<Partial<Record<InitializerName, Readonly<Record<string, number>>>>> = {
  constant: { value: 0 },
  randomNormal: { mean: 0, stddev: 0.05 },
  truncatedNormal: { mean: 0, stddev: 0.05 },
  randomUniform: { minval: -0.05, maxval: 0.05 },
  orthogonal: { gain: 1 },
}

export const initializerNames: readonly InitializerName[] = [
  ...(Object.keys(varianceScaling) as VarianceName[]),
  'zeros',
  'ones',
  'constant',
  'randomNormal',
  'truncatedNormal',
  'randomUniform',
  'orthogonal',
  'dirac',
]

/** Reads an initializer as users write it into its plain form. */
export const initializerRule: Rule<InitializerConfig> = {
  expected: `an initializer (${initializerNames.join(', ')}), or one with its numbers as an object`,
  example: "'heNormal'",
  read: value => readInitializer(value),
  advise: value => adviseNearest(isRecord(value) ? value.name : value, initializerNames),
}

function readInitializer(value: unknown): InitializerConfig | undefined {
  const given = isRecord(value) ? value : { name: value }
  const name = knownName(given.name, initializerNames)
  if (name === undefined) return undefined
  return name === 'dirac' ? readDirac(given) : readNumbers(name, given)
}

function readDirac({ rest = 'glorotUniform', ...others }: Readonly<Record<string, unknown>>) {
  const read = readInitializer(rest)
  const strange = Object.keys(others).some(key => key !== 'name')
  return strange || read === undefined || read.name === 'dirac'
    ? undefined
    : ({ name: 'dirac', rest: read } as const)
}

function readNumbers(
  name: InitializerName,
  given: Readonly<Record<string, unknown>>,
): InitializerConfig | undefined {
  const config: Record<string, unknown> = { ...numbers[name], ...given, name }
  const own = Object.keys(numbers[name] ?? {})
  const strange = Object.keys(config).some(key => key !== 'name' && !own.includes(key))
  // The keys and numbers were just held against the table, which is what the type says.
  return strange || !own.every(key => Number.isFinite(config[key]))
    ? undefined
    : (config as InitializerConfig)
}

/** Draws the first numbers of a weight, row-major. The same `random` gives the same numbers. */
export function initialize(config: InitializerConfig, shape: Shape, random: Random): Float32Array {
  if (config.name === 'dirac') return withIdentity(initialize(config.rest, shape, random), shape)
  if (config.name === 'orthogonal') return orthogonal(config.gain, shape, random)
  const next = generator(config, shape, random)
  return Float32Array.from({ length: sizeOf(shape) }, next)
}

type DrawnOneByOne = Exclude<InitializerConfig, { readonly name: 'dirac' | 'orthogonal' }>

function generator(config: DrawnOneByOne, shape: Shape, random: Random): () => number {
  switch (config.name) {
    case 'zeros':
      return () => 0
    case 'ones':
      return () => 1
    case 'constant':
      return () => config.value
    case 'randomNormal':
      return () => random.normal(config.mean, config.stddev)
    case 'truncatedNormal': {
      const draw = cutNormal(random)
      return () => config.mean + config.stddev * draw()
    }
    case 'randomUniform':
      return () => random.uniform(config.minval, config.maxval)
    default: {
      const { variance, draw } = varianceScaling[config.name]
      return draw(random, Math.sqrt(variance(fansOf(shape))))
    }
  }
}

/** How many numbers flow into, and out of, each output of a weight. */
export function fansOf(shape: Shape): Fans {
  if (shape.length < 2) return { in: shape[0] ?? 1, out: shape[0] ?? 1 }
  const window = sizeOf(shape.slice(0, -2))
  return { in: window * shape.at(-2)!, out: window * shape.at(-1)! }
}

/** A uniform distribution of this standard deviation reaches √3 times as far. */
function drawUniform(random: Random, deviation: number): () => number {
  const limit = Math.sqrt(3) * deviation
  return () => random.uniform(-limit, limit)
}

/** Standard deviation of a normal distribution of deviation 1 that is cut at ±2. */
const cutDeviation = 0.87962566103423978

/** A normal distribution cut at ±2 deviations, widened so that what remains has the wanted deviation. */
function drawTruncatedNormal(random: Random, deviation: number): () => number {
  const width = deviation / cutDeviation
  const draw = cutNormal(random)
  return () => draw() * width
}

/** The normal distribution, drawn again beyond ±2. */
const cutNormal = (random: Random) => (): number => {
  let value = random.normal()
  while (Math.abs(value) > 2) value = random.normal()
  return value
}

import type { PixelRange } from './attributes.js'
import { take } from './inputs.js'
import type { Op } from './op.js'
import { picturesWith, rowOf, within } from './picture-rows.js'

/**
 * What can be done to the levels of a picture, by number. `posterize` rounds levels down to multiples of the amount, `solarize`
 * turns those from the amount on round (255 - level), `autocontrast` stretches each channel over the whole range, `equalize` makes
 * all levels of a channel about equally frequent. As Pillow's ImageOps does them.
 */
export const levelChanges = { none: 0, posterize: 1, solarize: 2, autocontrast: 3, equalize: 4 } as const

export const levels = 256
const highest = levels - 1

export const changeLevels: Op<'changeLevels'> = {
  shape: (_, inputs) => picturesWith('changeLevels', inputs, 'changes', () => 2),
  meaning(range, inputs, _, [N, , , C]) {
    const [x, changes] = take('changeLevels', inputs, 'x', 'changes')
    const y = x.slice()
    for (let n = 0; n < N!; n++)
      for (let c = 0; c < C!; c++) {
        const picture = rowOf(x, n, N!)
        const channel = picture.filter((_, at) => at % C! === c)
        const changed = change(channel, changes[2 * n]!, changes[2 * n + 1]!, range)
        changed.forEach((value, at) => {
          rowOf(y, n, N!)[at * C! + c] = value
        })
      }
    return y
  },
  gradient: null,
}

function change(x: Float64Array, which: number, amount: number, range: PixelRange): Float64Array {
  const { low, high } = range
  const levelOf = (value: number) => roundHalfEven(((within(range, value) - low) * highest) / (high - low))
  const pixelOf = (level: number) => low + (level * (high - low)) / highest
  switch (which) {
    case levelChanges.posterize:
      return x.map(value => pixelOf(Math.floor(levelOf(value) / amount) * amount))
    case levelChanges.solarize:
      return x.map(value => (levelOf(value) >= amount ? low + high - value : value))
    case levelChanges.autocontrast:
      return stretched(x, range)
    case levelChanges.equalize: {
      const table = equalizing(x.map(levelOf))
      return table ? x.map(value => pixelOf(table[levelOf(value)]!)) : x
    }
    default:
      return x
  }
}

function stretched(x: Float64Array, { low, high }: PixelRange): Float64Array {
  const [least, most] = [Math.min(...x), Math.max(...x)]
  return least < most ? x.map(value => low + ((value - least) * (high - low)) / (most - least)) : x
}

/** For each level the one that stands for it; null where there is nothing to even out. */
function equalizing(found: Float64Array): Float64Array | null {
  const counts = new Float64Array(levels)
  for (const level of found) counts[level]!++
  const last = counts.findLast(count => count > 0)!
  const step = Math.floor((found.length - last) / highest)
  if (step === 0) return null
  let before = Math.floor(step / 2)
  return counts.map(count => {
    const level = Math.min(Math.floor(before / step), highest)
    before += count
    return level
  })
}

/** As processors round: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  if (value - below === 0.5) return below % 2 === 0 ? below : below + 1
  return Math.round(value)
}

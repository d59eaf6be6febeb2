import { required } from '../../../nn/options/rule.js'
import { brighter, type ColourMap, contrasted, hueTurned, saturated } from '../colour-map.js'
import { checkColours, kind } from '../kind.js'
import type { Colouring } from '../part.js'
import { shareBelow1, upTo } from '../rules.js'

/** A change of colours for a number drawn from -range … range. */
const colouring = (range: number, mapOf: (amount: number) => ColourMap): Colouring => ({
  kind: 'colouring',
  draw: ({ random }) => mapOf(random.uniform(-range, range)),
})

const range = required(shareBelow1('0.2'))

export const brightness = kind({
  specs: { range },
  positional: ['range'],
  parts: ({ range }, { channels, range: { low, high } }) => [
    colouring(range, amount => brighter(channels, amount * (high - low))),
  ],
})

export const contrast = kind({
  specs: { range },
  positional: ['range'],
  parts: ({ range }, { channels }) => [colouring(range, amount => contrasted(channels, 1 + amount))],
})

export const saturation = kind({
  specs: { range: required(upTo(1, '0.2')) },
  positional: ['range'],
  checkPictures: (_, pictures) => checkColours('saturation', pictures),
  parts: ({ range }) => [colouring(range, amount => saturated(1 + amount))],
})

export const hue = kind({
  specs: { range: required(upTo(0.5, '0.05')) },
  positional: ['range'],
  checkPictures: (_, pictures) => checkColours('hue', pictures),
  parts: ({ range }) => [colouring(range, hueTurned)],
})

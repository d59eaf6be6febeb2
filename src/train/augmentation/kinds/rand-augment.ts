import { wholePower } from '../../../base/portable-math.js'
import type { Random } from '../../../base/random.js'
import { levelChanges } from '../../../engine/ops/change-levels.js'
import { defaulting } from '../../../nn/options/rule.js'
import { positiveInteger } from '../../../nn/options/rules.js'
import { type Affine, rotated, sheared, shifted, unmoved } from '../affine.js'
import { type ColourMap, contrastedToGrey, sameColours, saturated, timesBrighter } from '../colour-map.js'
import type { PictureDraw } from '../draw.js'
import { kind } from '../kind.js'
import type { Part } from '../part.js'
import type { Fill, Pictures } from '../pictures.js'
import { fill, upTo } from '../rules.js'

/** What one choice does to a picture; what is not named it leaves alone. */
interface Effect {
  readonly moves?: Affine
  readonly colours?: ColourMap
  readonly levels?: readonly [change: number, amount: number]
  readonly sharpness?: number
}

/** @param strength 0 … 1 @param sign 1 or -1, as likely */
type Choice = (strength: number, sign: number, pictures: Pictures) => Effect

/** Shares of a side that a picture moves at most: Cubuk's 150 of 331 pixels of ImageNet. */
const furthest = 150 / 331
const factorOf = (strength: number, sign: number): number => 1 + 0.9 * strength * sign

/** The fourteen of Cubuk et al. 2019 with the ranges of torchvision's RandAugment; strength is magnitude / 30. */
const choices: readonly Choice[] = [
  () => ({}),
  (strength, sign) => ({ moves: sheared(0.3 * strength * sign) }),
  (strength, sign) => ({ moves: sheared(0, 0.3 * strength * sign) }),
  (strength, sign, { width }) => ({ moves: shifted(sign * Math.trunc(furthest * strength * width), 0) }),
  (strength, sign, { height }) => ({ moves: shifted(0, sign * Math.trunc(furthest * strength * height)) }),
  (strength, sign) => ({ moves: rotated((30 / 360) * strength * sign) }),
  (strength, sign, { channels, range }) => ({
    colours: timesBrighter(channels, factorOf(strength, sign), range.low),
  }),
  (strength, sign, { channels }) => (channels === 3 ? { colours: saturated(factorOf(strength, sign)) } : {}),
  (strength, sign, { channels }) => ({ colours: contrastedToGrey(channels, factorOf(strength, sign)) }),
  (strength, sign) => ({ sharpness: factorOf(strength, sign) }),
  strength => ({ levels: [levelChanges.posterize, wholePower(2, Math.round(4 * strength))] }),
  strength => ({ levels: [levelChanges.solarize, 255 - 255 * strength] }),
  () => ({ levels: [levelChanges.autocontrast, 0] }),
  () => ({ levels: [levelChanges.equalize, 0] }),
]

export const randAugment = kind({
  specs: {
    count: defaulting(positiveInteger('2'), 2),
    magnitude: defaulting(upTo(30, '9'), 9),
    fill: defaulting(fill, 'black'),
  },
  positional: ['count', 'magnitude', 'fill'],
  parts: ({ count, magnitude, fill }, pictures) =>
    Array.from({ length: count }, (_, turn) =>
      partsOfTurn(picture => chosen(picture.random, turn, magnitude / 30, pictures), fill, pictures),
    ).flat(),
})

/** The choice for turn `turn`, whose chances come behind those of the turns before. */
function chosen(random: Random, turn: number, strength: number, pictures: Pictures): Effect {
  let effect: Effect = {}
  for (let i = 0; i <= turn; i++) {
    const choice = choices[random.integer(choices.length)]!
    const sign = random.integer(2) === 0 ? 1 : -1
    effect = choice(strength, sign, pictures)
  }
  return effect
}

/** One pass for each sort of effect; a picture is changed in one of them at most. */
function partsOfTurn(
  effectOn: (picture: PictureDraw) => Effect,
  fill: Fill,
  { channels, range }: Pictures,
): Part[] {
  const same = sameColours(channels)
  return [
    { kind: 'geometry', whole: false, fill, draw: picture => effectOn(picture).moves ?? unmoved },
    { kind: 'colouring', draw: picture => effectOn(picture).colours ?? same },
    {
      kind: 'pass',
      columns: { changes: 2 },
      record: (recorder, { x, target }, input) => ({
        x: recorder.apply('changeLevels', range, [x, input('changes')]),
        target,
      }),
      draw: (batch, place, { changes }) =>
        batch.each(place, (picture, i) => changes!.set(effectOn(picture).levels ?? [0, 0], 2 * i)),
    },
    {
      kind: 'pass',
      columns: { factors: 1 },
      record: (recorder, { x, target }, input) => ({
        x: recorder.apply('sharpenPictures', range, [x, input('factors')]),
        target,
      }),
      draw: (batch, place, { factors }) =>
        batch.each(place, (picture, i) => factors!.set([effectOn(picture).sharpness ?? 1], i)),
    },
  ]
}

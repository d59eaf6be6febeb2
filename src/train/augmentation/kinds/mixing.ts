import type { Random } from '../../../base/random.js'
import { defaulting, required } from '../../../nn/options/rule.js'
import { positiveInteger, positiveNumber } from '../../../nn/options/rules.js'
import { drawBeta } from '../beta.js'
import { checkFits, kind } from '../kind.js'
import type { Pass } from '../part.js'
import { constantOf, type Pictures } from '../pictures.js'
import { constantFill, probability } from '../rules.js'

/** A rectangle around a pixel that is as likely as any other; what sticks out of the picture is cut off. */
function drawBox(
  random: Random,
  [wantedHeight, wantedWidth]: readonly [number, number],
  { height, width }: Pictures,
): [top: number, left: number, height: number, width: number] {
  const [top, boxHeight] = span(random.integer(height), wantedHeight, height)
  const [left, boxWidth] = span(random.integer(width), wantedWidth, width)
  return [top, left, boxHeight, boxWidth]
}

function span(middle: number, wanted: number, length: number): [from: number, cells: number] {
  const from = middle - Math.floor(wanted / 2)
  const [first, last] = [Math.max(0, from), Math.min(length, from + wanted)]
  return [first, last - first]
}

export const cutout = kind({
  specs: {
    size: required(positiveInteger('8')),
    p: defaulting(probability, 1),
    fill: defaulting(constantFill, 'zero'),
  },
  positional: ['size', 'p', 'fill'],
  checkPictures: ({ size }, pictures) => checkFits('cutout', 'size:', size, pictures, true),
  parts: ({ size, p, fill }, pictures) => [
    {
      kind: 'pass',
      columns: { boxes: 4 },
      record: (recorder, { x, target }, input) => ({
        x: recorder.apply('coverBoxes', { value: constantOf(fill, pictures) }, [x, input('boxes')]),
        target,
      }),
      draw: (batch, place, { boxes }) =>
        batch.each(place, ({ random }, i) => {
          if (random.uniform() < p) boxes!.set(drawBox(random, [size, size], pictures), 4 * i)
        }),
    },
  ],
})

export const mixup = kind({
  specs: { alpha: defaulting(positiveNumber('0.2'), 0.2) },
  positional: ['alpha'],
  mixes: true,
  parts: ({ alpha }) => [
    {
      kind: 'pass',
      columns: { mixes: 2 },
      record: (recorder, { x, target }, input) => ({
        x: recorder.apply('mixRows', {}, [x, input('mixes')]),
        target: target && recorder.apply('mixRows', {}, [target, input('mixes')]),
      }),
      draw(batch, place, { mixes }) {
        const partners = batch.partners(place)
        batch.each(place, ({ random }, i) => mixes!.set([drawBeta(random, alpha), partners[i]!], 2 * i))
      },
    },
  ],
})

export const cutmix = kind({
  specs: { alpha: defaulting(positiveNumber('1'), 1), p: defaulting(probability, 1) },
  positional: ['alpha', 'p'],
  mixes: true,
  parts: ({ alpha, p }, pictures) => [cutmixPass(alpha, p, pictures)],
})

function cutmixPass(alpha: number, p: number, pictures: Pictures): Pass {
  const { height, width } = pictures
  const draw = (random: Random) => {
    if (random.uniform() >= p) return [0, 0, 0, 0] as const
    const side = Math.sqrt(1 - drawBeta(random, alpha))
    return drawBox(random, [Math.floor(side * height), Math.floor(side * width)], pictures)
  }
  return {
    kind: 'pass',
    columns: { boxes: 5, mixes: 2 },
    record: (recorder, { x, target }, input) => ({
      x: recorder.apply('pasteBoxes', {}, [x, input('boxes')]),
      target: target && recorder.apply('mixRows', {}, [target, input('mixes')]),
    }),
    draw(batch, place, { boxes, mixes }) {
      const partners = batch.partners(place)
      batch.each(place, ({ random }, i) => {
        const box = draw(random)
        boxes!.set([...box, partners[i]!], 5 * i)
        mixes!.set([1 - (box[2] * box[3]) / (height * width), partners[i]!], 2 * i)
      })
    },
  }
}

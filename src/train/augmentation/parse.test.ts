import { expect, test } from 'vitest'
import * as augment from './index.js'

const { augmentationFromConfig, parseAugmentation } = augment

test('a list on a command line is the list of the functions', () => {
  expect(parseAugmentation('flip, shift:2:edge,rotation:15,mixup:0.4,rand-augment:3')).toEqual([
    augment.flip(),
    augment.shift({ pixels: 2, fill: 'edge' }),
    augment.rotation({ degrees: 15 }),
    augment.mixup({ alpha: 0.4 }),
    augment.randAugment({ count: 3 }),
  ])
  expect(parseAugmentation('none')).toEqual([])
  expect(parseAugmentation(' ')).toEqual([])
})

test('a first value between 0 and 1 is a share of the picture, where there is such an option', () => {
  expect(parseAugmentation('shift:0.1,shift:.25:edge,zoom:0.1')).toEqual([
    augment.shift({ share: 0.1 }),
    augment.shift({ share: 0.25, fill: 'edge' }),
    augment.zoom({ range: 0.1 }),
  ])
})

test('a plus sign adds to what there is, in place of what has the same name', () => {
  const own = [augment.shift({ share: 0.1 }), augment.rotation({ degrees: 10 })]
  expect(parseAugmentation('+flip', own)).toEqual([...own, augment.flip()])
  expect(parseAugmentation('+ shift:4, flip', own)).toEqual([
    augment.rotation({ degrees: 10 }),
    augment.shift({ pixels: 4 }),
    augment.flip(),
  ])
  expect(parseAugmentation('+flip')).toEqual([augment.flip()])
  expect(parseAugmentation('flip', own)).toEqual([augment.flip()])
})

test('JSON is understood too: a list, or one alone', () => {
  expect(parseAugmentation('[{"name":"shift","share":0.1},{"name":"alternating_flip"}]')).toEqual([
    { name: 'shift', share: 0.1, fill: 'reflect' },
    { name: 'alternatingFlip' },
  ])
  expect(parseAugmentation('{"name":"cutout","size":8}')).toEqual([augment.cutout({ size: 8 })])
})

test('every step is plain JSON and comes back from it', () => {
  const steps = parseAugmentation(
    'flip,alternatingFlip,verticalFlip,shift:2,crop:4,rotation:15,zoom:.1,shear:.2,brightness:.2,contrast:.2,saturation:.2,hue:.05,cutout:8,mixup,cutmix,randAugment',
  )
  expect(steps.map(step => step.name)).toEqual(augment.augmentNames)
  expect(augmentationFromConfig(JSON.parse(JSON.stringify(steps)))).toEqual(steps)
})

test.each([
  ['flipp', 'Unknown augmentation "flipp".\n  Did you mean "flip"?'],
  ['xyzzy', `Unknown augmentation "xyzzy".\n  Known: ${augment.augmentNames.join(', ')}.`],
  [
    'flip,,shift:2',
    `augment: a name is missing in "".\n  Separate names by single commas. Known: ${augment.augmentNames.join(', ')}.`,
  ],
  [
    'shift:2:edge:3',
    'augment: "shift:2:edge:3" gives shift too many values.\n  Write shift:PIXELS:FILL, or shift:0.1 for a tenth of each side.',
  ],
  [
    'alternatingFlip:1',
    'augment: "alternatingFlip:1" gives alternatingFlip too many values.\n  Write alternatingFlip alone.',
  ],
  [
    'shift:',
    'augment: shift has no value for pixels.\n  Write shift:PIXELS:FILL, or shift:0.1 for a tenth of each side.',
  ],
  [
    'shift',
    'shift: either pixels or share must be given, but neither came.\n  Write shift:PIXELS:FILL, or shift:0.1 for a tenth of each side.',
  ],
  [
    'shift:two',
    'shift: pixels must be a whole number of at least 0, but "two" came.\n  Write shift:PIXELS:FILL, or shift:0.1 for a tenth of each side.',
  ],
  ['flip:2', 'flip: p must be a number of 0 … 1, but 2 came.\n  Write flip:P, for example flip:0.5.'],
  ['rotation', 'rotation: degrees is missing.\n  Write rotation:DEGREES:FILL, for example rotation:15.'],
  [
    'rotation:15:mirror',
    'rotation: fill must be one of "reflect", "edge", "black", "zero", but "mirror" came.\n  Write rotation:DEGREES:FILL, for example rotation:15.',
  ],
  [
    'mixup:0',
    'mixup: alpha must be a positive number, but 0 came.\n  Write mixup:ALPHA, for example mixup:0.2.',
  ],
  ['[{"name":"shift","pixel":2}]', 'shift: unknown option "pixel".\n  Did you mean "pixels"?'],
  [
    '[{"pixels":2}]',
    'augment: entry 1 of the list should be { name, …options }, but {"pixels":2} came.\n  For example { name: \'shift\', pixels: 2 }, which is augment.shift({ pixels: 2 }).',
  ],
  [
    '[flip]',
    'augment: [flip] is not valid JSON.\n  For example [{"name":"shift","pixels":2}], or in short: shift:2',
  ],
])('%s is refused', (text, message) => {
  expect(() => parseAugmentation(text)).toThrow(expect.objectContaining({ message }))
})

test('what is advised for an option is understood itself', () => {
  for (const name of augment.augmentNames) {
    let advice = ''
    try {
      parseAugmentation(`${name}:nonsense`)
    } catch (error) {
      advice = (error as { advice: string }).advice
    }
    const [, example] = /(?:for example|or) ([^ ]+?)\.?(?: for |$)/.exec(advice) ?? [null, name]
    expect(parseAugmentation(example!), advice).toHaveLength(1)
  }
})

test('what is no list is refused', () => {
  expect(() => augmentationFromConfig('flip')).toThrow(
    'augment: a list of augmentations was expected, but "flip" came.\n  For example [augment.flip(), augment.shift({ pixels: 2 })], or [{ name: \'flip\' }].',
  )
})

import { expect, test } from 'vitest'
import { syntheticClassifier } from '../explain/calibration/synthetic.fixture.js'
import { calibrate } from '../explain/calibration.js'
import { textsOf } from './read-svg.fixture.js'
import type { DrawnReliability } from './reliability/reliability-panel.js'
import { type DrawnCalibration, drawReliability } from './reliability.js'

/** `[pictures, right]` of each bin; answers claim the middle of their bin, moved by `off`. */
function reliability(counted: readonly (readonly [number, number])[], off: number): DrawnReliability {
  const all = counted.reduce((sum, [pictures]) => sum + pictures, 0)
  const bins = counted.map(([pictures, right], i) => ({
    from: i / 15,
    to: (i + 1) / 15,
    pictures,
    confidence: pictures === 0 ? null : (i + 0.5) / 15 + off,
    accuracy: pictures === 0 ? null : right / pictures,
  }))
  const mean = (value: (bin: (typeof bins)[number]) => number) =>
    bins.reduce((sum, bin) => sum + (bin.pictures * value(bin)) / all, 0)
  return {
    bins,
    accuracy: mean(({ accuracy }) => accuracy ?? 0),
    confidence: mean(({ confidence }) => confidence ?? 0),
    expectedCalibrationError: mean(({ confidence, accuracy }) =>
      Math.abs((confidence ?? 0) - (accuracy ?? 0)),
    ),
  }
}

const none = [0, 0] as const

const calibration: DrawnCalibration = {
  temperature: 1.8765,
  pictures: 1000,
  // biome-ignore format: a bin a column
  before: reliability(
    [none, none, none, none, [4, 1], [11, 3], [24, 8], [30, 11], [36, 16], [44, 22], [61, 37], [75, 48], [95, 66], [170, 131], [450, 414]],
    0.01,
  ),
  // biome-ignore format: a bin a column
  after: reliability(
    [none, none, none, [6, 2], [16, 6], [32, 12], [50, 20], [62, 33], [74, 41], [82, 54], [92, 66], [108, 82], [130, 113], [160, 143], [188, 185]],
    0.005,
  ),
  threshold: 14 / 15,
  reliability: 0.95,
  answered: 0.188,
  accuracyAnswered: { value: 185 / 188, standardError: 0.0092 },
}

/** Along the axes of a panel. */
const across = (share: number) => 46 + 334 * share
const up = (share: number) => 312 - 240 * share

const rects = (svg: string, ink: string) =>
  [
    ...svg.matchAll(
      new RegExp(
        `<rect x="([\\d.]+)" width="([\\d.]+)" y="([\\d.]+)" height="([\\d.]+)" fill="#[0-9a-f]+" class="f-${ink}"`,
        'g',
      ),
    ),
  ].map(found => found.slice(1).map(Number))

test('bars are as high as the share that is right, over the places of their bins', () => {
  const bars = rects(drawReliability(calibration).svg, 'train')
  const bins = [...calibration.before.bins, ...calibration.after.bins].filter(bin => bin.pictures > 0)
  expect(bars).toHaveLength(bins.length)
  bins.forEach(({ from, to, accuracy }, i) => {
    const [x, width, y, height] = bars[i] as [number, number, number, number]
    expect(x).toBeCloseTo(across(from) + 1.25, 1)
    expect(x + width).toBeCloseTo(across(to) - 1.25, 1)
    expect(y).toBeCloseTo(up(accuracy!), 1)
    expect(y + height).toBeCloseTo(312, 1)
  })
})

test('gaps reach from what is right to what is claimed', () => {
  const { svg } = drawReliability(calibration)
  const bins = [...calibration.before.bins, ...calibration.after.bins].filter(bin => bin.pictures > 0)
  const claiming = bins.filter(({ confidence, accuracy }) => confidence! > accuracy!)
  const gaps = rects(svg, 'bad')
  expect(gaps).toHaveLength(claiming.length)
  claiming.forEach(({ confidence, accuracy }, i) => {
    expect(gaps[i]![2]).toBeCloseTo(up(confidence!), 1)
    expect(gaps[i]![2]! + gaps[i]![3]!).toBeCloseTo(up(accuracy!), 1)
  })
})

test('titles have the errors, bins their counts, and sure answers a beginning', () => {
  const { svg } = drawReliability(calibration)
  const texts = textsOf(svg)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const { before, after } = calibration
  expect(texts).toContain(`Before: ECE ${percent(before.expectedCalibrationError)}`)
  expect(texts).toContain(`After, T = 1.88: ECE ${percent(after.expectedCalibrationError)}`)
  expect(texts).toContain(
    `claims ${percent(before.confidence)} on average and is right in ${percent(before.accuracy)}`,
  )
  const counted = before.bins.flatMap(({ pictures }) => (pictures > 0 ? [String(pictures)] : []))
  expect(texts.filter(text => /^\d+$/.test(text)).slice(0, counted.length)).toEqual(counted)
  expect(texts.filter(text => text === 'sure')).toHaveLength(1)
  const rule = /<line x1="([\d.]+)" x2="\1" y1="68" y2="312"/.exec(svg)
  expect(Number(rule![1])).toBeCloseTo(across(14 / 15), 1)
})

test('the text alternative says what changes, where it is worst and what is sure', () => {
  const { description } = drawReliability(calibration)
  expect(description).toContain(
    'Before: the network claims 85.6 % on average and is right in 75.7 % of all answers. Expected calibration error: 9.9 %. ' +
      'Furthest apart are answers of 80 % to 87 %, of which 69.5 % are right. After, T = 1.88: ',
  )
  expect(description).toMatch(
    /Temperature 1\.88 takes the expected calibration error \(ECE\) from \d+\.\d % to \d+\.\d %\. Answers above 93\.3 % are sure: 18\.8 % of 1,000 pictures get one, and 98\.4 % ± 0\.9 of these are right\.$/,
  )
})

test('where no answer is sure there is no mark, but a sentence', () => {
  const { svg, description } = drawReliability({
    ...calibration,
    temperature: 1,
    threshold: 1,
    answered: 0,
    accuracyAnswered: null,
  })
  expect(textsOf(svg)).toContain('none is sure')
  expect(svg).not.toMatch(/y1="68" y2="312"/)
  expect(description).toMatch(
    /The probabilities stay as they are\. No answer is sure: at no probability do these 1,000 pictures prove it right 95 % of the time\.$/,
  )
})

test('it draws what calibrate finds, also of few pictures and of many', () => {
  for (const made of [
    syntheticClassifier(2, { pictures: 3, classes: 2 }),
    syntheticClassifier(0.5, { pictures: 60, classes: 3 }),
    syntheticClassifier(1.5, { pictures: 30_000, classes: 2, spread: 8 }),
  ]) {
    const { svg } = drawReliability(calibrate(made))
    expect(svg).not.toContain('NaN')
    expect(svg).not.toMatch(/(width|height)="-/)
  }
})

test('below each other it fits a phone, and beside each other it looks as it did', async () => {
  expect(drawReliability(calibration, { arrange: 'column' }).width).toBe(400)
  const { svg } = drawReliability(calibration)
  await expect(svg).toMatchFileSnapshot('goldens/reliability.svg')
})

test('without pictures there is nothing to draw', () => {
  expect(() => drawReliability({ ...calibration, pictures: 0 })).toThrow(
    'drawReliability: there are no pictures to draw.',
  )
})

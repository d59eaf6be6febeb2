import type { Survey } from './survey.js'

/** Heights and widths that networks are made for. */
export const sizes = [32, 48, 64, 96, 128] as const

/** Pixels of training that go through in about a minute and a half on two cores: pictures × epochs × height × width. */
const pixelsToTrain = 200_000_000

/** From few pictures details are not learned, but learned by heart: `[fewer to train on than this, at most this size]`. */
const fewer = [
  [300, 32],
  [1000, 48],
] as const

/** Why pictures do not become larger. */
export type SizeReason = 'few' | 'time' | 'own' | 'largest'

/**
 * The height and width that pictures should get: as large as they are, but no larger than training takes a minute or two for, and
 * small where there are few.
 *
 * @param pictures to train on
 * @param epochs of training
 */
export function chooseSize(
  { side }: Pick<Survey, 'side'>,
  pictures: number,
  epochs: number,
): { size: number; reason: SizeReason } {
  const own = sizes.filter(size => size <= side)
  const most = fewer.find(([count]) => pictures < count)?.[1] ?? Number.POSITIVE_INFINITY
  const learnable = own.filter(size => size <= most)
  const size = learnable.filter(size => size * size * pictures * epochs <= pixelsToTrain).at(-1) ?? sizes[0]
  if (size === sizes.at(-1)) return { size, reason: 'largest' }
  if (size === (own.at(-1) ?? sizes[0])) return { size, reason: 'own' }
  return { size, reason: size === learnable.at(-1) ? 'few' : 'time' }
}

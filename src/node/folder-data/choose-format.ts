import type { Survey } from './survey.js'

/** Heights and widths that networks are made for. */
export const sizes = [32, 48, 64, 96, 128] as const

/** Pixels of training that go through in about three minutes on two cores: pictures × epochs × height × width. */
const pixelsToTrain = 400_000_000

/**
 * The height and width that pictures should get: as large as they are, but no larger than training takes a few minutes for.
 *
 * @param passes pictures that training sees altogether
 */
export function chooseSize({ side }: Pick<Survey, 'side'>, passes: number): number {
  const own = sizes.filter(size => size <= side)
  const affordable = own.filter(size => size * size * passes <= pixelsToTrain)
  return affordable.at(-1) ?? sizes[0]
}

import type { FolderPicture } from '../folder-data/read-folder.js'
import type { SizedPicture, SizesLook } from './folder-look.js'

/** How large pictures are; null where there are none. */
export function sizesLook(pictures: readonly FolderPicture[]): SizesLook | null {
  const ranked = byArea(pictures)
  const [smallest, median, largest] = [ranked[0], middleOf(ranked), ranked.at(-1)]
  if (!smallest || !median || !largest) return null
  const others = pictures.filter(({ width, height }) => width !== height)
  const sides = pictures.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b)
  return {
    smallest: sized(smallest),
    median: sized(median),
    largest: sized(largest),
    notSquare: others.length,
    croppedAway: croppedAway(others),
    shorterSides: {
      low: sides[Math.floor(0.1 * (sides.length - 1))]!,
      high: sides[Math.ceil(0.9 * (sides.length - 1))]!,
    },
  }
}

/** The picture in the middle by its area. */
export const middleByArea = (pictures: readonly FolderPicture[]): FolderPicture | undefined =>
  middleOf(byArea(pictures))

const byArea = (pictures: readonly FolderPicture[]): FolderPicture[] =>
  [...pictures].sort((a, b) => a.width * a.height - b.width * b.height)

const middleOf = <T>(ranked: readonly T[]): T | undefined => ranked[Math.floor(ranked.length / 2)]

const sized = ({ file, width, height }: FolderPicture): SizedPicture => ({ file, width, height })

function croppedAway(pictures: readonly FolderPicture[]): SizesLook['croppedAway'] {
  const ranked = pictures
    .map(({ file, width, height }) => ({
      file,
      share: 1 - Math.min(width, height) / Math.max(width, height),
    }))
    .sort((a, b) => a.share - b.share)
  const [median, most] = [middleOf(ranked), ranked.at(-1)]
  return median && most ? { median: median.share, most: most.share, file: most.file } : null
}

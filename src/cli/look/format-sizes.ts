import { formatCount, formatPercent } from '../../base/format.js'
import { showName } from '../../node/folder/show-name.js'
import type { FolderLook, PictureSize, SizesLook } from '../../node/folder-look/folder-look.js'

/** `640×480` */
export const sizeOf = ({ width, height }: PictureSize): string => `${width}×${height}`

/** How large pictures are, what cropping takes away, and whether they have colours; empty where none can be used. */
export function sizesText(look: FolderLook): string {
  const { sizes } = look
  if (!sizes) return ''
  return ['Sizes', ...extremes(sizes), `  ${proportions(sizes, look.pictures)}`, `  ${colours(look)}`].join(
    '\n',
  )
}

function extremes({ smallest, median, largest }: SizesLook): string[] {
  if (sizeOf(smallest) === sizeOf(largest)) return [`  all ${sizeOf(median)} pixels`]
  const width = Math.max(...[smallest, median, largest].map(picture => sizeOf(picture).length))
  const line = (word: string, size: string, file = '') =>
    `  ${word}  ${size.padEnd(width)}  ${file}`.trimEnd()
  return [
    line('smallest', sizeOf(smallest), showName(smallest.file)),
    line('median  ', sizeOf(median)),
    line('largest ', sizeOf(largest), showName(largest.file)),
  ]
}

function proportions({ notSquare, croppedAway }: SizesLook, pictures: number): string {
  if (!croppedAway) return 'all square'
  const { median, most, file } = croppedAway
  if (notSquare === 1)
    return `1 of ${formatCount(pictures)} not square: cropping takes ${formatPercent(most)} of it away (${showName(file)})`
  return `${formatCount(notSquare)} of ${formatCount(pictures)} not square: cropping takes ${formatPercent(median)} of such a picture away at the median, ${formatPercent(most)} at most (${showName(file)})`
}

function colours({ colours: { grey, coloured, sampled }, pictures }: FolderLook): string {
  if (sampled) return 'grey, as far as a sample shows'
  if (grey === 0) return 'all in colour'
  if (coloured === 0) return 'all grey'
  return `${formatCount(coloured)} of ${formatCount(pictures)} in colour, ${formatCount(grey)} grey`
}

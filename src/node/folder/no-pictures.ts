import { FileError } from '../../base/errors.js'
import type { PassedOver } from './passed-over.js'
import { pictureExtensions } from './picture-names.js'

/**
 * The error for a place without a picture: what was looked for, and what was found instead.
 *
 * @param where the sentence's end: `in photos`
 */
export function noPictures(where: string, passedOver: PassedOver, advice: readonly string[] = []): FileError {
  const found = passedOver.sentences()
  return new FileError(
    `No pictures were found ${where}. Looked for files that end in ${pictureExtensions.join(', ')}.`,
    [...(found.length === 0 ? ['Nothing else was found either.'] : found), ...advice].join('\n  '),
  )
}

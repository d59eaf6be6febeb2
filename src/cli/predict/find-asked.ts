import { OptionError } from '../../base/errors.js'
import { findPictureFiles } from '../../node/folder/list-pictures.js'
import { readBytes } from '../../node/pictures/read-picture.js'
import type { CliIo } from '../io.js'
import type { AskedPictures } from './asked-picture.js'
import { picturesFromInput } from './standard-input.js'

const standardInput = '-'

/**
 * The pictures at places as they stand on the command line. `-`, or no place at all, is standard input.
 *
 * @throws FileError for a place that is missing or has no picture, OptionError where there is nothing to ask about
 */
export async function findAsked(
  places: readonly string[],
  io: CliIo,
  signal: AbortSignal,
): Promise<AskedPictures> {
  if (places.length === 0 || places.includes(standardInput)) return fromInput(places, io, signal)
  const { files, notices } = await findPictureFiles(places)
  for (const notice of notices) io.err(notice)
  return { names: files, pictures: files.map(name => ({ name, bytes: shown => readBytes(name, shown) })) }
}

function fromInput(places: readonly string[], io: CliIo, signal: AbortSignal): AskedPictures {
  if (places.length > 1)
    throw new OptionError(
      `predict: "-" means that the pictures come on standard input, but ${places.length - 1} other ${places.length === 2 ? 'place was' : 'places were'} given, too.`,
      'Give either.',
    )
  const input = io.input(signal)
  if (input === null)
    throw new OptionError(
      'predict: which pictures? None was given, and nothing comes on standard input.',
      'Name picture files, folders or globs: fovea predict MODEL cat.jpg photos "more/**/*.png"',
    )
  return { names: null, pictures: untilAborted(picturesFromInput(input), signal) }
}

/** Once the signal is aborted a stream that breaks off is no error. */
async function* untilAborted<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

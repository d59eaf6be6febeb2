import { FileError } from '../../base/errors.js'

/** No path is as long as that. */
const longestPath = 65_536

/**
 * The paths of a list, each as soon as it is complete. Where the first bytes have a NUL among them, NULs end the paths (as
 * `find -print0` writes them), else lines do. Empty ones are passed over.
 *
 * @param name of the list, for messages
 * @throws FileError for what is no list of paths
 */
export async function* pathsOf(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let separator: RegExp | undefined
  let rest = ''
  for await (const chunk of chunks) {
    separator ??= chunk.includes(0) ? /\0/ : /\r?\n/
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(separator)
    rest = parts.pop()!
    if (rest.length > longestPath)
      throw new FileError(
        `${name}: neither a picture nor a list of paths.`,
        'Send one picture file, or one path a line.',
      )
    yield* parts.filter(Boolean)
  }
  const last = (rest + decoder.decode()).replace(/\r$/, '')
  if (last !== '') yield last
}

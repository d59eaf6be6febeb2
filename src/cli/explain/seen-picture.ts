import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { Tensor } from '../../base/tensor.js'
import { pictureSize, readPicture } from '../../node/pictures/read-picture.js'
import type { CliIo } from '../io.js'
import type { SeenModel, SeenModelOptions } from './seen-model.js'

export interface SeenPictureOptions extends SeenModelOptions {
  /** Which picture of the test set, from 1. */
  readonly picture?: number
}

/** A picture as a network sees it. */
export interface SeenPicture {
  /** [1, H, W, C] */
  readonly x: Tensor<Uint8Array>
  /** `cat.png`, or `test picture 1 of cifar10: cat` */
  readonly caption: string
}

/** The picture files that were named; without any, a picture of the test set. */
export async function seenPictures(
  paths: readonly string[],
  seen: SeenModel,
  options: SeenPictureOptions,
  io: CliIo,
): Promise<SeenPicture[]> {
  if (paths.length === 0) return [await testPicture(seen, options)]
  if (options.picture !== undefined)
    throw new OptionError(
      `--picture ${options.picture} and ${paths[0]} cannot both be shown.`,
      'Leave one of them out: --picture means a picture of the test set.',
    )
  return Promise.all(paths.map(path => pictureFile(path, seen, io)))
}

async function testPicture({ testSet }: SeenModel, options: SeenPictureOptions): Promise<SeenPicture> {
  const { dataset, x } = await testSet()
  const number = options.picture ?? 1
  if (number > x.rows)
    throw new OptionError(
      `--picture ${number}: ${dataset.name} has ${formatCount(x.rows)} test pictures.`,
      `Give a number from 1 to ${x.rows}.`,
    )
  const className = dataset.classNames[dataset.test.y.data[number - 1]!]!
  return {
    x: x.slice(number - 1, number).load(),
    caption: `test picture ${number} of ${dataset.name}: ${className}`,
  }
}

async function pictureFile(path: string, { file }: SeenModel, io: CliIo): Promise<SeenPicture> {
  const shape = file.network.inputShape
  const { data } = await readPicture(path, shape)
  const [width, height] = await pictureSize(path)
  if (height !== shape[0] || width !== shape[1])
    io.err(`${path}: ${width}×${height} pixels, resized to ${shape[1]}×${shape[0]} as in training.`)
  return { x: new Tensor(data, [1, ...shape], file.preprocessing), caption: path }
}

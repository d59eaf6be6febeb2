import { OptionError } from '../base/errors.js'
import { sizeOf } from '../base/shape.js'
import type { Dataset } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import type { CliIo } from './io.js'
import { loadData } from './load-data.js'
import { settingsOfRun, trainedText } from './trained-model.js'

export interface TestDataOptions {
  readonly data?: string
  readonly dataset?: string
}

/** The data set the model was trained on, unless another is asked for. */
export async function loadTestData(
  path: string,
  file: ModelFile,
  options: TestDataOptions,
  io: CliIo,
): Promise<Dataset> {
  const name = options.dataset ?? trainedText(file, 'dataset')
  if (name === undefined)
    throw new OptionError(`${path} does not say which data set it was trained on.`, 'Give --dataset NAME.')
  const place = options.data ?? (options.dataset === undefined ? (await settingsOfRun(path))?.data : null)
  return loadData(name, io, { data: place ?? null })
}

/** A model can only be measured on the classes it was made for. */
export function checkClasses(
  path: string,
  file: ModelFile,
  name: string,
  classNames: readonly string[],
): void {
  const outputs = sizeOf(file.network.outputShape)
  if (outputs !== classNames.length)
    throw new OptionError(`${path} tells ${outputs} classes apart, but ${name} has ${classNames.length}.`)
  const own = file.classNames ?? classNames
  if (own.join() !== classNames.join())
    throw new OptionError(`${path} knows ${list(own)}, but ${name} has ${list(classNames)}.`)
}

const list = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ')

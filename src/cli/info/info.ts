import { FoveaError } from '../../base/errors.js'
import { Classifier } from '../../classify/classifier.js'
import type { ModelFile } from '../../io/model-file.js'
import { modelInfo } from '../../io/model-info.js'
import { sizeOfFile } from '../../node/file-facts.js'
import { modelPath, readModelFile } from '../../node/model-files.js'
import { shellWord } from '../../node/shell-word.js'
import { formatHints } from '../hints.js'
import type { CliIo } from '../io.js'
import { formatInfo } from './format-info.js'

/**
 * Does what `fovea info` is asked for.
 *
 * @param path a run folder or a model file
 */
export async function info(path: string, json: boolean, io: CliIo): Promise<void> {
  const place = await modelPath(path)
  const file = await readModelFile(place)
  const bytes = await sizeOfFile(place)
  const said = modelInfo(file)
  if (json) return io.out(JSON.stringify({ file: place, bytes, ...said }, null, 2))
  io.out(`${formatInfo(place, bytes, said)}\n`)
  io.out(uses(file, place))
}

/** How to use it: a model that takes no pictures can only be asked by code. */
function uses(file: ModelFile, place: string): string {
  if (!isClassifier(file, place))
    return `In code:\n  import { loadModel } from 'fovea'\n  const model = await loadModel(${literal(place)})`
  const hints = formatHints('Use it', [
    [`npx fovea predict ${shellWord(place)} picture.jpg`, 'what pictures show'],
    [`npx fovea serve ${shellWord(place)}`, 'the same as an HTTP service, with a page to try it'],
  ])
  const code = `const { answers } = await (await loadClassifier(${literal(place)})).predict('picture.jpg')`
  return `${hints}\n\nIn code:\n  import { loadClassifier } from 'fovea'\n  ${code}`
}

/** As a string in code. */
const literal = (text: string): string => (/[\\'\p{Cc}]/u.test(text) ? JSON.stringify(text) : `'${text}'`)

function isClassifier(file: ModelFile, place: string): boolean {
  try {
    new Classifier(file, place, () => Promise.reject(new Error('nothing is decoded here')))
    return true
  } catch (error) {
    if (error instanceof FoveaError) return false
    throw error
  }
}

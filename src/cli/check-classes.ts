import { OptionError } from '../base/errors.js'
import { sizeOf } from '../base/shape.js'
import type { Dataset } from '../data/dataset.js'
import type { ModelFile } from '../io/model-file.js'
import { listed } from '../node/folder/passed-over.js'
import { showName } from '../node/folder/show-name.js'
import { shellWord } from '../node/shell-word.js'
import { type ClassDifference, type ClassPair, classDifference, unpaired } from './class-difference.js'

/**
 * A model can only be measured on the classes it was made for.
 *
 * @throws OptionError that says which classes have no counterpart, and what to do
 */
export function checkClasses(path: string, file: ModelFile, dataset: Dataset): void {
  const { classNames } = dataset
  const name = showName(dataset.name)
  const { classNames: known = null } = file
  const outputs = sizeOf(file.network.outputShape)
  if (known === null && outputs === classNames.length) return
  if (known?.length === classNames.length && known.every((own, label) => own === classNames[label])) return
  const difference = classDifference(known ?? [], classNames)
  throw new OptionError(
    known === null
      ? `${path} tells ${outputs} classes apart, but ${name} has ${classNames.length}.`
      : differ(path, name, known, classNames, difference),
    isFolder(dataset)
      ? folderAdvice(path, name, known && difference)
      : `Leave --dataset out, or train a network on these: npx fovea train ${name}`,
  )
}

/** What pictures of a folder are, changes from day to day; so only they have a fingerprint. */
const isFolder = ({ fingerprint }: Dataset): boolean => fingerprint !== undefined

function differ(
  path: string,
  name: string,
  known: readonly string[],
  given: readonly string[],
  { strangers, missing }: ClassDifference,
): string {
  if (strangers.length === given.length)
    return `${path} knows ${someOf(known)}, but ${name} has ${someOf(given)}.`
  const only = [
    ...(missing.length > 0 ? [`only ${path} has ${manyOf(missing)}`] : []),
    ...(strangers.length > 0 ? [`only ${name} has ${manyOf(strangers)}`] : []),
  ]
  return only.length > 0
    ? `${path} and ${name} have different classes: ${only.join('; ')}.`
    : `${path} and ${name} have the same classes in another order: ${someOf(known)} and ${someOf(given)}.`
}

/** What to do with the class folders, a sentence for each kind of difference. */
function folderAdvice(path: string, name: string, difference: ClassDifference | null): string {
  const anew = (train: string) => `${train} anew on ${name} as it is.`
  if (difference === null) return anew('Train')
  const { pairs } = difference
  const { strangers, missing } = unpaired(difference)
  const renamed = pairs.length === 1 ? 'Then give the class this name.' : 'Then give the classes these names.'
  const sentences = [
    ...(pairs.length > 0 ? [didYouMean(pairs), renamed] : []),
    ...(strangers.length > 0
      ? [`${noCounterpart(strangers, path)}: move ${them(strangers)} elsewhere.`]
      : []),
    ...(missing.length > 0 ? [`${noCounterpart(missing, name)}: put ${them(missing)} back.`] : []),
  ]
  return sentences.length === 0 ? anew('Train') : [...sentences, anew('Or train')].join(' ')
}

const noCounterpart = (names: readonly string[], where: string): string =>
  `${manyOf(names)} ${names.length === 1 ? 'has' : 'have'} no counterpart in ${where}`

const them = (names: readonly string[]): string => (names.length === 1 ? 'it' : 'them')

/** `Did you mean "left" by "Left"?` */
const didYouMean = (pairs: readonly ClassPair[]): string =>
  `Did you mean ${manyOf(pairs.map(({ stranger, missing }) => `"${missing}" by "${stranger}"`))}?`

/** The error for a place where no picture can be used that has a class the model knows. */
export function noneKnown(
  place: string,
  path: string,
  known: readonly string[],
  given: readonly string[],
): OptionError {
  const { strangers, pairs } = classDifference(known, given)
  if (strangers.length < given.length)
    return new OptionError(
      `${place}: none of its pictures of classes that ${path} knows can be used.`,
      `See why: npx fovea data ${shellWord(place)}`,
    )
  const advice = 'Name its class folders as those of the training were named.'
  return new OptionError(
    `${place} has no pictures of the classes that ${path} knows: it has ${someOf(given)}, but the model knows ${someOf(known)}.`,
    pairs.length === 0 ? advice : `${didYouMean(pairs)} ${advice}`,
  )
}

/** A sentence about classes that the model does not know, whose pictures are left out; null where it knows all. */
export function leftOut(known: readonly string[], given: readonly string[]): string | null {
  const { strangers, pairs } = classDifference(known, given)
  if (strangers.length === 0) return null
  const said = `Left out, because the model does not know these classes: ${someOf(strangers)}.`
  return pairs.length === 0 ? said : `${said} ${didYouMean(pairs)}`
}

/** The first few of some names, to remind of them. */
const someOf = (names: readonly string[]): string =>
  [...names.slice(0, 3).map(showName), ...(names.length > 3 ? ['…'] : [])].join(', ')

/** So many names are told where each matters. */
const most = 8

const manyOf = (names: readonly string[]): string => listed(names.slice(0, most).map(showName), names.length)

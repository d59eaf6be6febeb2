import { formatCount } from '../../base/format.js'
import { showName } from '../folder/show-name.js'
import type { FaultyFile } from '../picture-store/entry.js'
import { shellWord } from '../shell-word.js'
import type { FolderPicture, PictureFolder } from './read-folder.js'

/** So many files are named; the rest is counted. */
const named = 3

/** What a person should know of a folder before training on it. */
export function folderNotices(folder: PictureFolder): string[] {
  const { listing, faults, pictures } = folder
  return [
    ...listing.notices,
    ...faultNotice(faults, listing.place),
    ...contradictionNotice(contradictions(pictures), listing.classNames),
    ...leakNotice(leaks(pictures)),
    ...imbalanceNotice(folder),
  ]
}

function faultNotice(faults: readonly FaultyFile[], place: string): string[] {
  if (faults.length === 0) return []
  const lines = faults.slice(0, named).map(({ problem }) => `\n  ${problem}`)
  const more = faults.length - lines.length
  const rest =
    more > 0 ? `\n  … and ${formatCount(more)} more: npx fovea data ${shellWord(place)} lists them all` : ''
  return [
    `${countFiles(faults.length)} cannot be used and ${faults.length === 1 ? 'is' : 'are'} left out:${lines.join('')}${rest}`,
  ]
}

const countFiles = (count: number): string => `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`

/** Files of the same content. */
export type Twins = readonly FolderPicture[]

/** Files of the same content, where there are several. */
export function twinsAmong(pictures: readonly FolderPicture[]): Twins[] {
  const groups = new Map<string, FolderPicture[]>()
  for (const picture of pictures) {
    const group = groups.get(picture.hash)
    if (group) group.push(picture)
    else groups.set(picture.hash, [picture])
  }
  return [...groups.values()].filter(group => group.length > 1)
}

/** The same picture in two classes: one of them must be wrong. */
export const contradictions = (pictures: readonly FolderPicture[]): Twins[] =>
  twinsAmong(pictures).filter(([first, ...others]) => others.some(({ label }) => label !== first!.label))

/** The same picture in two parts that its owner has made. */
export const leaks = (pictures: readonly FolderPicture[]): Twins[] =>
  twinsAmong(pictures).filter(([first, ...others]) => others.some(({ part }) => part !== first!.part))

export function contradictionNotice(groups: readonly Twins[], classNames: readonly string[]): string[] {
  const [first] = groups
  if (!first) return []
  const files = first.map(({ file, label }) => `${showName(file)} (${showName(classNames[label]!)})`)
  return [
    `${formatCount(groups.length)} ${groups.length === 1 ? 'picture lies' : 'pictures lie'} in several classes, for example ${files.slice(0, 2).join(' and ')}. A network cannot learn both.`,
  ]
}

export function leakNotice(groups: readonly Twins[]): string[] {
  const [first] = groups
  if (!first) return []
  const files = first.map(({ file }) => showName(file))
  return [
    `${formatCount(groups.length)} ${groups.length === 1 ? 'picture lies' : 'pictures lie'} in several parts of the data set, for example ${files.slice(0, 2).join(' and ')}. What is measured on them says too much good.`,
  ]
}

/** So many times more pictures of one class than of another are worth a sentence. */
const imbalanced = 3

export function imbalanceNotice({ pictures, listing: { classNames } }: PictureFolder): string[] {
  const counts = classNames.map((name, label) => ({
    name: showName(name),
    count: pictures.filter(picture => picture.label === label).length,
  }))
  const present = counts.filter(({ count }) => count > 0)
  if (present.length < 2) return []
  const most = present.reduce((a, b) => (b.count > a.count ? b : a))
  const least = present.reduce((a, b) => (b.count < a.count ? b : a))
  if (most.count < imbalanced * least.count) return []
  const times = (most.count / least.count).toFixed(most.count < 10 * least.count ? 1 : 0)
  return [
    `The classes are uneven: ${most.name} has ${formatCount(most.count)} pictures, ${least.name} ${formatCount(least.count)} (${times} times fewer). --class-weight balanced makes all of them count the same.`,
  ]
}

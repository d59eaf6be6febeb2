import type { SplitPart } from '../../data/hash-split.js'
import { twinsAmong } from '../folder-data/folder-notices.js'
import type { FolderPicture } from '../folder-data/read-folder.js'
import type { FileGroup } from './folder-look.js'

/** Pictures, and what training would use each for. */
export interface DividedPictures {
  readonly pictures: readonly FolderPicture[]
  readonly parts: readonly SplitPart[]
  readonly classNames: readonly string[]
}

/** The first file of each content. */
export const uniquePictures = (pictures: readonly FolderPicture[]): FolderPicture[] => {
  const seen = new Set<string>()
  return pictures.filter(({ hash }) => !seen.has(hash) && seen.add(hash))
}

/** Files of the same content, where there are several. Those in several classes come first, then those in several parts. */
export const duplicateGroups = (divided: DividedPictures): FileGroup[] =>
  groupsOf(twinsAmong(divided.pictures), divided)

/** The same of files that look alike. */
export const lookAlikeGroups = (
  groups: readonly (readonly FolderPicture[])[],
  divided: DividedPictures,
): FileGroup[] => groupsOf(groups, divided)

function groupsOf(
  groups: readonly (readonly FolderPicture[])[],
  { pictures, parts, classNames }: DividedPictures,
): FileGroup[] {
  const partOf = new Map(pictures.map(({ file }, i) => [file, parts[i]!]))
  return groups
    .map(group => {
      const files = group.map(({ file, label }) => ({
        file,
        className: classNames[label]!,
        part: partOf.get(file)!,
      }))
      return {
        files,
        acrossClasses: severalAmong(files.map(({ className }) => className)),
        acrossParts: severalAmong(files.map(({ part }) => part)),
      }
    })
    .sort((a, b) => weight(b) - weight(a))
}

const severalAmong = (names: readonly string[]): boolean => new Set(names).size > 1

const weight = ({ acrossClasses, acrossParts }: FileGroup): number =>
  2 * Number(acrossClasses) + Number(acrossParts)

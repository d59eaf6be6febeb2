import { formatCount } from '../../base/format.js'
import { countOf } from '../../node/folder/passed-over.js'
import { showName } from '../../node/folder/show-name.js'
import type { FileGroup, FolderLook } from '../../node/folder-look/folder-look.js'

/** Groups that are listed, and files of one, where not all are asked for. */
const groupsListed = 5
const filesListed = 6

/** @param all whether every group is listed, and every file of it */
export function duplicatesText({ duplicates }: FolderLook, all: boolean): string {
  if (duplicates.length === 0) return 'Same content: no two files'
  const files = duplicates.reduce((sum, group) => sum + group.files.length, 0)
  return [
    `Same content: ${countOf(duplicates.length, 'group')} of ${formatCount(files)} files`,
    ...countLine(duplicates, 'acrossClasses', 'in several classes: a network cannot learn both'),
    ...countLine(duplicates, 'acrossParts', 'in several parts: what is measured on them says too much good'),
    ...groupLines(duplicates, all),
  ].join('\n')
}

/** @param all whether every group is listed, and every file of it */
export function lookAlikesText({ lookAlikes, allCompared }: FolderLook, all: boolean): string {
  const incomplete = allCompared ? [] : ['  So many are nearly the same that not all could be compared.']
  if (lookAlikes.length === 0) return ['Look alike: no two pictures', ...incomplete].join('\n')
  const files = lookAlikes.reduce((sum, group) => sum + group.files.length, 0)
  return [
    `Look alike: ${countOf(lookAlikes.length, 'group')} of ${formatCount(files)} different files, as if resized or compressed again`,
    ...countLine(lookAlikes, 'acrossClasses', 'in several classes'),
    ...countLine(lookAlikes, 'acrossParts', 'in several parts of the division'),
    ...incomplete,
    ...groupLines(lookAlikes, all),
  ].join('\n')
}

function countLine(
  groups: readonly FileGroup[],
  where: 'acrossClasses' | 'acrossParts',
  words: string,
): string[] {
  const count = groups.filter(group => group[where]).length
  return count === 0 ? [] : [`  ${formatCount(count)} ${words}`]
}

function groupLines(groups: readonly FileGroup[], all: boolean): string[] {
  const shown = all ? groups : groups.slice(0, groupsListed)
  const hidden = groups.length - shown.length
  return [
    ...shown.map(group => `  · ${groupLine(group, all)}`),
    ...(hidden > 0 ? [`  … and ${countOf(hidden, 'more group')}: --all lists them`] : []),
  ]
}

function groupLine({ files, acrossClasses, acrossParts }: FileGroup, all: boolean): string {
  const shown = all ? files : files.slice(0, filesListed)
  const told = shown.map(({ file, className, part }) => {
    const remarks = [...(acrossClasses ? [showName(className)] : []), ...(acrossParts ? [part] : [])]
    return remarks.length === 0 ? showName(file) : `${showName(file)} (${remarks.join(', ')})`
  })
  const hidden = files.length - shown.length
  return `${told.join(' = ')}${hidden > 0 ? ` and ${formatCount(hidden)} more` : ''}`
}

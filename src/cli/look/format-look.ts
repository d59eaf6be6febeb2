import { fitColumns } from '../../base/columns.js'
import { formatBytes, formatCount, formatPercent } from '../../base/format.js'
import { countOf } from '../../node/folder/passed-over.js'
import { showName } from '../../node/folder/show-name.js'
import type {
  ClassLook,
  FaultGroup,
  FileGroup,
  FolderLook,
  PictureSize,
  SizesLook,
} from '../../node/folder-look/folder-look.js'
import { formatHints } from '../hints.js'
import { formatTable } from '../table.js'
import type { Advice } from './advice.js'
import { divisionSentence } from './division.js'
import { shellWord } from './shell-word.js'

export interface FormatOptions {
  /** List every group of duplicates and look-alikes. */
  readonly all: boolean
}

/** A look at a folder as text: what a person wants to know first comes first. */
export const formatLook = (look: FolderLook, advice: Advice, { all }: FormatOptions): string =>
  [
    headline(look),
    classTable(look),
    sizesText(look),
    faultsText(look),
    duplicatesText(look, all),
    lookAlikesText(look, all),
    adviceText(advice),
    nextText(look, advice),
  ]
    .filter(Boolean)
    .join('\n\n')

const layouts = {
  classes: 'a folder for each class',
  parts: 'a folder for each part, with class folders',
  csv: 'a CSV file',
  glob: 'a glob, classes by folder',
} as const

/** `photos: 2,062 pictures of 10 classes (a folder for each class), 27.12 MB` */
export const headline = ({ place, pictures, classes, layout, bytes }: FolderLook): string =>
  `${showName(place)}: ${countOf(pictures, 'picture')} of ${formatCount(classes.length)} ${classes.length === 1 ? 'class' : 'classes'} (${layouts[layout]}), ${formatBytes(bytes)}`

/** Names of classes are cut there, so that the table stays one. */
const longestName = 40

const cut = (name: string): string => fitColumns(showName(name), longestName)

const classTable = (look: FolderLook): string =>
  [
    formatTable(
      ['class', 'pictures', 'share', 'train', 'validation', 'test', 'median size'],
      [
        ...look.classes.map(classRow),
        ...(look.classes.length > 1
          ? [
              [
                'all',
                formatCount(look.pictures),
                '',
                ...partCounts(look.parts),
                look.sizes ? sizeOf(look.sizes.median) : '–',
              ],
            ]
          : []),
      ],
    ),
    divisionSentence(look),
  ].join('\n')

const classRow = ({ name, pictures, share, parts, medianSize }: ClassLook): string[] => [
  cut(name),
  formatCount(pictures),
  formatPercent(share),
  ...partCounts(parts),
  medianSize ? sizeOf(medianSize) : '–',
]

const partCounts = ({ train, validation, test }: FolderLook['parts']): string[] =>
  [train, validation, test].map(formatCount)

const sizeOf = ({ width, height }: PictureSize): string => `${width}×${height}`

function sizesText(look: FolderLook): string {
  const { sizes } = look
  if (!sizes) return ''
  return ['Sizes', ...extremes(sizes), `  ${proportions(sizes, look.pictures)}`, `  ${colours(look)}`].join(
    '\n',
  )
}

function extremes({ smallest, median, largest }: SizesLook): string[] {
  if (sizeOf(smallest) === sizeOf(largest)) return [`  all ${sizeOf(median)} pixels`]
  const width = Math.max(...[smallest, median, largest].map(picture => sizeOf(picture).length))
  const line = (word: string, size: string, file = '') =>
    `  ${word}  ${size.padEnd(width)}  ${file}`.trimEnd()
  return [
    line('smallest', sizeOf(smallest), showName(smallest.file)),
    line('median  ', sizeOf(median)),
    line('largest ', sizeOf(largest), showName(largest.file)),
  ]
}

function proportions({ notSquare, croppedAway }: SizesLook, pictures: number): string {
  if (!croppedAway) return 'all square'
  const { median, most, file } = croppedAway
  if (notSquare === 1)
    return `1 of ${formatCount(pictures)} not square: cropping takes ${formatPercent(most)} of it away (${showName(file)})`
  return `${formatCount(notSquare)} of ${formatCount(pictures)} not square: cropping takes ${formatPercent(median)} of such a picture away at the median, ${formatPercent(most)} at most (${showName(file)})`
}

function colours({ colours: { grey, coloured, sampled }, pictures }: FolderLook): string {
  if (sampled) return 'grey, as far as a sample shows'
  if (grey === 0) return 'all in colour'
  if (coloured === 0) return 'all grey'
  return `${formatCount(coloured)} of ${formatCount(pictures)} in colour, ${formatCount(grey)} grey`
}

const faultTitles = {
  broken: 'cut off or damaged',
  unknown: 'no pictures',
  tooLarge: 'too large',
  unreadable: 'cannot be read',
} as const satisfies Record<FaultGroup['fault'], string>

function faultsText({ faults, notices }: FolderLook): string {
  const total = faults.reduce((sum, { files }) => sum + files.length, 0)
  const title =
    total === 0 ? 'Broken files: none' : `Broken files: ${formatCount(total)}, which training leaves out`
  const groups = faults.flatMap(({ fault, files }) => [
    `  ${faultTitles[fault]}: ${formatCount(files.length)}`,
    ...files.map(({ file, problem }) => `    ${showName(file)}: ${problem}`),
  ])
  return [title, ...groups, ...notices.map(notice => `  ${notice}`)].join('\n')
}

/** Groups that are listed, and files of one, where not all are asked for. */
const groupsListed = 5
const filesListed = 6

function duplicatesText({ duplicates }: FolderLook, all: boolean): string {
  if (duplicates.length === 0) return 'Same content: no two files'
  const files = duplicates.reduce((sum, group) => sum + group.files.length, 0)
  return [
    `Same content: ${countOf(duplicates.length, 'group')} of ${formatCount(files)} files`,
    ...countLine(duplicates, 'acrossClasses', 'in several classes: a network cannot learn both'),
    ...countLine(duplicates, 'acrossParts', 'in several parts: what is measured on them says too much good'),
    ...groupLines(duplicates, all),
  ].join('\n')
}

function lookAlikesText({ lookAlikes, allCompared }: FolderLook, all: boolean): string {
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

function adviceText({ obstacles, sentences, choices }: Advice): string {
  const lines = [...obstacles, ...sentences, ...choices]
  return lines.length === 0 ? '' : ['Advice', ...lines.map(line => `  - ${line}`)].join('\n')
}

function nextText({ place, pictures }: FolderLook, { command }: Advice): string {
  const sheet = [
    `npx fovea data ${shellWord(place)} -o sheet.html`,
    'see some pictures of each class',
  ] as const
  const hints = [
    ...(command === null ? [] : [[command, 'train a network on them'] as const]),
    ...(pictures > 0 ? [sheet] : []),
  ]
  return hints.length === 0 ? '' : formatHints('Next', hints)
}

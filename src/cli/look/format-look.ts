import { fitColumns } from '../../base/columns.js'
import { formatBytes, formatCount, formatPercent } from '../../base/format.js'
import { countOf } from '../../node/folder/passed-over.js'
import { showName } from '../../node/folder/show-name.js'
import type { ClassLook, FaultGroup, FolderLook } from '../../node/folder-look/folder-look.js'
import { shellWord } from '../../node/shell-word.js'
import { formatHints } from '../hints.js'
import { formatTable } from '../table.js'
import type { Advice } from './advice.js'
import { divisionSentence } from './division.js'
import { duplicatesText, lookAlikesText } from './format-groups.js'
import { sizeOf, sizesText } from './format-sizes.js'

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

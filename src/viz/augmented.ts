import { OptionError } from '../base/errors.js'
import { Drawing } from './svg/drawing.js'
import { type Pixels, picture } from './svg/picture.js'
import { fitText, label } from './svg/text.js'

/** Pictures as they are, and as training shows them: what `explain.augmentedPictures` gives. */
export interface AugmentedToDraw {
  /** Above the columns; the first is the picture as it is. */
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly title: string
    readonly pictures: readonly {
      readonly pixels: Pixels
      readonly shares: readonly { readonly className: string; readonly share: number }[]
    }[]
  }[]
}

const margin = 12
const side = 64
const gap = 8
/** Between the picture as it is and what is made of it. */
const afterFirst = 18
const headHeight = 58
const lineHeight = 13
const textSize = 10.5
const titleStyle = { size: 11, weight: 'bold' } as const

/**
 * A contact sheet: a row for each picture, as it is and in one epoch after the other. Below a mixed picture stand the shares
 * of its label.
 *
 * @throws OptionError where there is no picture
 */
export function drawAugmented({ columns, rows }: AugmentedToDraw): Drawing {
  if (rows.length === 0) throw new OptionError('drawAugmented: there is no picture.', 'Give one at least.')
  let top = headHeight
  const body: string[] = []
  for (const row of rows) {
    body.push(label(margin, top + 11, fitText(row.title, 300, titleStyle), titleStyle))
    top += 18
    row.pictures.forEach(({ pixels, shares }, column) => {
      body.push(picture(leftOf(column), top, side, side, pixels))
      if (isMixed(row)) body.push(...sharesBelow(shares, leftOf(column), top + side + 12))
    })
    top += side + (isMixed(row) ? 2 * lineHeight + 8 : 0) + 12
  }
  const heads = columns.map((text, column) =>
    label(leftOf(column), headHeight - 10, text, { size: textSize, ink: 'muted' }),
  )
  return new Drawing({
    width: leftOf(columns.length - 1) + side + margin,
    height: top,
    title: 'What the network sees',
    description: describe({ columns, rows }),
    body: [label(margin, 24, 'What the network sees', { size: 15, weight: 'bold' }), ...heads, ...body].join(
      '',
    ),
  })
}

const leftOf = (column: number): number =>
  margin + column * (side + gap) + (column > 0 ? afterFirst - gap : 0)

type Row = AugmentedToDraw['rows'][number]

const isMixed = ({ pictures }: Row): boolean => pictures.some(({ shares }) => shares.length > 1)

/** The two largest shares, a line each. */
const sharesBelow = (shares: Row['pictures'][number]['shares'], x: number, y: number): string[] =>
  shares.slice(0, 2).map((share, i) =>
    label(x, y + i * lineHeight, fitText(shareText(share), side + gap - 2, { size: textSize }), {
      size: textSize,
      ink: 'muted',
    }),
  )

const shareText = ({ className, share }: { className: string; share: number }): string =>
  share > 0.995 ? className : `${Math.round(100 * share)} % ${className}`

function describe({ columns, rows }: AugmentedToDraw): string {
  const sentences = rows.map(row => {
    const mixed = row.pictures
      .slice(1)
      .map(({ shares }, i) => `${columns[i + 1]}: ${shares.map(shareText).join(', ')}`)
    return isMixed(row) ? `${row.title}: ${mixed.join('; ')}.` : `${row.title}.`
  })
  return `Each row shows a picture as it is, then in ${columns.length - 1} epochs. ${sentences.join(' ')}`
}

/** A colour by what it is for, as it is on light and on dark ground. */
interface Ink {
  readonly light: string
  readonly dark: string
}

/**
 * The inks of all drawings. Those that tell things apart are taken from Okabe and Ito's palette ("Color Universal Design",
 * 2008), darkened or lightened where their contrast to the ground would be too low.
 */
export const inks = {
  paper: { light: '#ffffff', dark: '#14171c' },
  panel: { light: '#f4f6f8', dark: '#1f242c' },
  ink: { light: '#1b2027', dark: '#e8ebef' },
  muted: { light: '#5b6673', dark: '#a4afbb' },
  faint: { light: '#aab3bd', dark: '#5f6a77' },
  line: { light: '#3c4650', dark: '#b7c0ca' },
  grid: { light: '#e1e6ea', dark: '#2d343d' },
  train: { light: '#0072b2', dark: '#56b4e9' },
  validation: { light: '#bb4a00', dark: '#f5a05a' },
  accent: { light: '#00805e', dark: '#35cfa0' },
  good: { light: '#00805e', dark: '#35cfa0' },
  bad: { light: '#bb4a00', dark: '#f5a05a' },
  series0: { light: '#0072b2', dark: '#56b4e9' },
  series1: { light: '#bb4a00', dark: '#f5a05a' },
  series2: { light: '#00805e', dark: '#35cfa0' },
  series3: { light: '#a8497f', dark: '#e3a0c6' },
  series4: { light: '#7a6200', dark: '#ecd75a' },
  series5: { light: '#3d4a8a', dark: '#a9b4f2' },
} as const satisfies Record<string, Ink>

export type InkName = keyof typeof inks

/** The i-th of several things drawn side by side; after six the colours begin again, so marks or labels must differ, too. */
export const series = (i: number): InkName => `series${(i % 6) as 0 | 1 | 2 | 3 | 4 | 5}`

/**
 * Attributes that paint with inks. The light colour is an attribute, which every program understands; a class lets a style
 * sheet replace it on dark ground.
 */
export function paint(inksFor: { readonly fill?: InkName | 'none'; readonly stroke?: InkName }): {
  readonly fill?: string
  readonly stroke?: string
  readonly class?: string
} {
  const { fill, stroke } = inksFor
  const classes = [fill && fill !== 'none' && `f-${fill}`, stroke && `s-${stroke}`].filter(Boolean).join(' ')
  return {
    ...(fill && { fill: fill === 'none' ? 'none' : inks[fill].light }),
    ...(stroke && { stroke: inks[stroke].light }),
    ...(classes && { class: classes }),
  }
}

/** `auto`: light, and dark where the reader prefers that. */
export type Theme = 'auto' | 'light' | 'dark'

/**
 * The style sheet of a drawing. Pictures are kept crisp within a media rule as well, because renderers that know no media
 * rules know no `pixelated` either and take the attribute.
 */
export function styleSheet(theme: Theme): string {
  const crisp = '@media all{image{image-rendering:pixelated}}'
  if (theme === 'light') return crisp
  const dark = Object.entries(inks)
    .map(([name, { dark: colour }]) => `.f-${name}{fill:${colour}}.s-${name}{stroke:${colour}}`)
    .join('')
  return theme === 'dark' ? `${dark}${crisp}` : `@media (prefers-color-scheme:dark){${dark}}${crisp}`
}

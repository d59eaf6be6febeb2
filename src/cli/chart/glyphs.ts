/** What a chart in the terminal is made of. */
export interface Glyphs {
  /** Null: lines are drawn with braille dots, eight to a letter; else with this letter. */
  readonly line: string | null
  readonly points: string
  readonly best: string
  readonly onset: string
  readonly onsetFoot: string
  readonly axis: {
    readonly side: string
    readonly tick: string
    readonly corner: string
    readonly floor: string
  }
}

export const unicodeGlyphs: Glyphs = {
  line: null,
  points: 'o',
  best: '●',
  onset: '┊',
  onsetFoot: '▲',
  axis: { side: '│', tick: '┤', corner: '└', floor: '─' },
}

/** For terminals and files that know ASCII only. */
export const asciiGlyphs: Glyphs = {
  line: '*',
  points: 'o',
  best: '@',
  onset: ':',
  onsetFoot: '^',
  axis: { side: '|', tick: '+', corner: '+', floor: '-' },
}

import type { Glyphs } from './glyphs.js'

/** Who put a letter somewhere: decides its colour, and who may cover whom. */
export type Owner = 'onset' | 'training' | 'validation' | 'best'

const rank: Readonly<Record<Owner, number>> = { onset: 0, training: 1, validation: 2, best: 3 }

/** Bits of a braille letter's dots, row by row: U+2800 and on. */
const brailleBits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

/** Fine points of one letter. */
const fine = { across: 2, down: 4 } as const

interface Cell {
  readonly owner: Owner
  readonly text: string
  readonly bits: number
}

/** Letters in rows and columns. Places are shares of the width and height: (0, 0) top left, (1, 1) bottom right. */
export class Canvas {
  private readonly cells: (Cell | null)[]

  constructor(
    readonly columns: number,
    readonly rows: number,
    private readonly glyphs: Glyphs,
  ) {
    this.cells = new Array<Cell | null>(columns * rows).fill(null)
  }

  /** A letter; it covers what is less important. */
  put(x: number, y: number, text: string, owner: Owner): void {
    this.set(place(x, this.columns), place(y, this.rows), { owner, text, bits: 0 })
  }

  /** A solid line, in braille where there is some. */
  line(from: readonly [number, number], to: readonly [number, number]): void {
    const [width, height] = [this.columns * fine.across, this.rows * fine.down]
    const [x0, y0, x1, y1] = [
      place(from[0], width),
      place(from[1], height),
      place(to[0], width),
      place(to[1], height),
    ]
    const steps = Math.max(1, Math.abs(x1 - x0), Math.abs(y1 - y0))
    for (let i = 0; i <= steps; i++)
      this.dot(Math.round(x0 + (i / steps) * (x1 - x0)), Math.round(y0 + (i / steps) * (y1 - y0)))
  }

  /** One text a row, each letter as `colour` makes it. */
  text(colour: (text: string, owner: Owner) => string): string[] {
    return Array.from({ length: this.rows }, (_, row) =>
      this.cells
        .slice(row * this.columns, (row + 1) * this.columns)
        .map(cell => (cell ? colour(cell.text, cell.owner) : ' '))
        .join(''),
    )
  }

  private dot(x: number, y: number): void {
    const [column, row] = [Math.floor(x / fine.across), Math.floor(y / fine.down)]
    const there = this.cells[row * this.columns + column]
    const bits = (there?.bits ?? 0) | brailleBits[y % fine.down]![x % fine.across]!
    const text = this.glyphs.line ?? String.fromCharCode(0x2800 + bits)
    this.set(column, row, { owner: 'training', text, bits })
  }

  private set(column: number, row: number, cell: Cell): void {
    const i = row * this.columns + column
    const there = this.cells[i]
    if (!there || rank[cell.owner] >= rank[there.owner]) this.cells[i] = cell
  }
}

/** The share as one of `count` places. */
const place = (share: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor(share * count)))

import type { Pixels } from '../svg/picture.js'

/** A shift in pixels: to the right and down. */
export interface ShiftPlace {
  readonly dx: number
  readonly dy: number
}

/** What became of the pictures at one place: shares of 0 … 1. */
export interface ShiftCellData extends ShiftPlace {
  /** Mean probability of the right class. */
  readonly probability: number
  readonly recognised: number
  /** Share of the pictures of which nothing is cut here. */
  readonly whole: number
}

/** What `explain.shiftMap` measures, as far as it is drawn. Shares are numbers of 0 … 1. */
export interface ShiftMapData {
  readonly pictures: number
  readonly dx: readonly [from: number, to: number]
  readonly dy: readonly [from: number, to: number]
  /** Row by row from the top, each from the left. */
  readonly cells: readonly ShiftCellData[]
  readonly centre: { readonly probability: number; readonly recognised: number }
  readonly uncut: { readonly recognised: number; readonly standardError: number }
  readonly halfRadius: number | null
}

/** What a network says about the example. */
export interface ShiftAnswerData {
  readonly className: string
  readonly probability: number
  readonly rightProbability: number
  readonly right: boolean
}

/** A network and its map. */
export interface ShiftPanelData {
  readonly title: string
  readonly parameters: number
  /** Share of all test pictures, where they are, that it recognises; left out when it was not measured. */
  readonly accuracy?: number
  /** A sentence on why. */
  readonly about?: string
  readonly map: ShiftMapData
  readonly answers: { readonly centre: ShiftAnswerData; readonly moved: ShiftAnswerData }
}

/** A picture, moved before one network or several. */
export interface ShiftData {
  readonly example: ShiftPlace & {
    readonly className: string
    readonly centre: Pixels
    readonly moved: Pixels
  }
  readonly networks: readonly ShiftPanelData[]
}

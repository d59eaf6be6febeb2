import { type Integer, i32, v128 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { panelsOf } from './epilogue.js'
import { type Emission, FLOAT, type KernelNode, LANES } from './kernel.js'
import type { MatmulCut } from './matmul-cut.js'
import { packRows, packWideRows, WIDE_PANELS } from './pack-rows.js'
import { PANEL } from './product-tile.js'
import { inBlocks } from './row-tiles.js'

/** What one piece of a product works on, for one chunk of the sums' steps. */
export interface Piece {
  /** The block's first row, and the panels of the share: those that are full end at `endFull`. */
  readonly first: Local<'i32'>
  readonly firstPanel: Local<'i32'>
  readonly endFull: Local<'i32'>
  /** Whether the last panel, which is not full, belongs to the share. */
  readonly hasRest: Integer
  /** Where the sums go. */
  readonly output: Integer
  /** The group's first step and the one behind its last. */
  readonly begin: Integer
  readonly end: Integer
  /** The chunk's first step, and how many it has. */
  readonly start: Integer
  readonly count: Integer
  readonly packedPanels: Local<'i32'>
  readonly packedRows: Local<'i32'>
}

export function emitPackPanels(
  { f, at }: Emission,
  { attributes }: KernelNode<'matmul'>,
  { columns, length, panelPitch }: MatmulCut,
  p: Piece,
): void {
  const { rest } = panelsOf(columns)
  const { transposeB } = attributes
  const [stride, columnStride] = transposeB ? [1, length] : [columns, 1]
  const panel = f.i32(p.firstPanel)
  const from = f.i32()
  const to = f.i32()
  const findPanel = () => {
    const cell = i32.add(i32.mul(panel, PANEL * columnStride), i32.mul(p.start, stride))
    f.set(from, i32.add(at.inputs[1]!, i32.mul(cell, FLOAT)))
    f.set(to, i32.add(p.packedPanels, i32.mul(i32.sub(panel, p.firstPanel), panelPitch * FLOAT)))
  }
  const pack = (width: number) => {
    findPanel()
    packRows(f, from, to, { count: p.count, stride, width, columnStride })
  }
  if (!transposeB)
    f.while(i32.le(i32.add(panel, WIDE_PANELS), p.endFull), () => {
      findPanel()
      packWideRows(f, from, to, { count: p.count, stride, panelPitch })
      f.increase(panel, WIDE_PANELS)
    })
  f.while(i32.lt(panel, p.endFull), () => {
    pack(PANEL)
    f.increase(panel, 1)
  })
  if (rest > 0) f.if(p.hasRest, () => pack(rest))
}

/** Copies the block's columns of a transposed matrix: there, its rows lie so far apart that they fill a few lines of the cache only. */
export function emitPackRows(
  { f, at }: Emission,
  { rows, rowPitch }: MatmulCut,
  p: Piece,
  height: number,
): void {
  const from = f.i32(i32.add(at.inputs[0]!, i32.mul(i32.add(i32.mul(p.start, rows), p.first), FLOAT)))
  const to = f.i32(p.packedRows)
  const vectors = Math.ceil(height / LANES)
  const vector = f.i32()
  f.for(f.i32(), 0, p.count, 1, () => {
    inBlocks(f, vector, vectors, 8, width => {
      for (let j = 0; j < width; j++) f.storeVector(to, v128.load(from, j * LANES * FLOAT), j * LANES * FLOAT)
      f.increase(from, width * LANES * FLOAT)
      f.increase(to, width * LANES * FLOAT)
    })
    f.increase(from, (rows - vectors * LANES) * FLOAT)
    f.increase(to, (rowPitch - vectors * LANES) * FLOAT)
  })
}

/** Where a tile's rows of the first matrix begin, and how they lie. */
export function leftOperand(
  { f, at }: Emission,
  transposed: boolean,
  { rows, length, packsRows, rowPitch }: MatmulCut,
  p: Piece,
  row: Local<'i32'>,
) {
  const m = i32.add(p.first, row)
  const input = (cell: Integer) => f.i32(i32.add(at.inputs[0]!, i32.mul(cell, FLOAT)))
  if (packsRows)
    return {
      a: f.i32(i32.add(p.packedRows, i32.mul(row, FLOAT))),
      rowBytes: FLOAT,
      aStep: rowPitch * FLOAT,
    }
  if (transposed)
    return { a: input(i32.add(i32.mul(p.start, rows), m)), rowBytes: FLOAT, aStep: rows * FLOAT }
  return { a: input(i32.add(i32.mul(m, length), p.start)), rowBytes: length * FLOAT, aStep: FLOAT }
}

/** Where the steps of a panel begin, and how far apart they lie. */
export function rightOperand(
  { f, at }: Emission,
  { columns, packsPanels, panelPitch }: MatmulCut,
  p: Piece,
  panel: Local<'i32'>,
) {
  if (packsPanels) {
    const index = i32.sub(panel, p.firstPanel)
    return { b: f.i32(i32.add(p.packedPanels, i32.mul(index, panelPitch * FLOAT))), bStep: PANEL * FLOAT }
  }
  const cell = i32.add(i32.mul(p.start, columns), i32.mul(panel, PANEL))
  return { b: f.i32(i32.add(at.inputs[1]!, i32.mul(cell, FLOAT))), bStep: columns * FLOAT }
}

import { type Integer, i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { applyEpilogue, panelsOf, storeTile } from './epilogue.js'
import { type Emission, FLOAT, type KernelFor, type KernelNode, LANES } from './kernel.js'
import { cutMatmul, type MatmulCut } from './matmul-cut.js'
import { emitPackPanels, emitPackRows, leftOperand, type Piece, rightOperand } from './matmul-operands.js'
import { PANEL, ProductTile } from './product-tile.js'
import { rowTiles } from './row-tiles.js'

/**
 * Each piece makes the sums of a block of rows and a share of the columns. It packs what it needs of the matrices
 * itself, a chunk of the sums' steps at a time: what was packed is still in the cache when it is multiplied, and a large
 * matrix is read only once.
 */
export const matmul: KernelFor<'matmul'> = node => {
  const cut = cutMatmul(node)
  const { sharePanels, packsPanels, panelPitch, packsRows, rowPitch, chunk } = cut
  return {
    algorithm: 'packed panels',
    steps: [
      {
        name: 'matmul',
        pieces: cut.blocks * cut.shares,
        emit: emission => emitPiece(emission, node, cut),
      },
    ],
    scratch: (packsPanels ? sharePanels * panelPitch : 0) + (packsRows ? chunk * rowPitch : 0),
  }
}

function emitPiece(emission: Emission, node: KernelNode<'matmul'>, cut: MatmulCut): void {
  const { f, piece, scratch } = emission
  const { full, all, rest } = panelsOf(cut.columns)
  const firstPanel = f.i32(i32.mul(i32.div(piece, cut.blocks), cut.sharePanels))
  const end = f.i32(i32.add(firstPanel, cut.sharePanels))
  const tile = new ProductTile(f)
  const chunkAt = (start: Integer, count: Integer): Piece => ({
    first,
    firstPanel,
    endFull,
    hasRest: rest === 0 ? 0 : i32.ge(end, all),
    start,
    count,
    packedPanels: scratch,
    packedRows,
  })
  const first = f.i32(i32.mul(i32.rem(piece, cut.blocks), cut.blockRows))
  const endFull = f.i32(i32.min(end, full))
  const packedRows = f.i32(i32.add(scratch, cut.packsPanels ? cut.sharePanels * cut.panelPitch * FLOAT : 0))
  if (cut.chunks === 1) emitChunk(emission, node, cut, tile, chunkAt(0, cut.length))
  else {
    const start = f.i32()
    const count = f.i32()
    f.for(start, 0, cut.length, cut.chunk, () => {
      f.set(count, i32.min(cut.chunk, i32.sub(cut.length, start)))
      emitChunk(emission, node, cut, tile, chunkAt(start, count))
    })
  }
}

function emitChunk(
  emission: Emission,
  node: KernelNode<'matmul'>,
  cut: MatmulCut,
  tile: ProductTile,
  p: Piece,
): void {
  const { f } = emission
  if (cut.packsPanels) emitPackPanels(emission, node, cut, p)
  const lastRows = cut.rows - (cut.blocks - 1) * cut.blockRows
  const compute = (height: number) => {
    if (cut.packsRows) emitPackRows(emission, cut, p, height)
    emitBlock(emission, node, cut, tile, p, height)
  }
  if (lastRows === cut.blockRows) compute(lastRows)
  else
    f.if(
      i32.eq(p.first, (cut.blocks - 1) * cut.blockRows),
      () => compute(lastRows),
      () => compute(cut.blockRows),
    )
}

/** All rows of the block, for all panels of the share. */
function emitBlock(
  emission: Emission,
  node: KernelNode<'matmul'>,
  cut: MatmulCut,
  tile: ProductTile,
  p: Piece,
  height: number,
): void {
  const { f } = emission
  const { full, rest } = panelsOf(cut.columns)
  const row = f.i32()
  const panel = f.i32()
  const emit = (rows: number, columns: number) =>
    emitTile(emission, node, cut, tile, p, { row, panel, rows, columns })
  if (full > 0)
    rowTiles(f, row, height, tile.maxRows(PANEL / LANES), rows =>
      f.for(panel, p.firstPanel, p.endFull, 1, () => emit(rows, PANEL)),
    )
  if (rest > 0)
    f.if(p.hasRest, () => {
      f.set(panel, full)
      rowTiles(f, row, height, tile.maxRows(Math.ceil(rest / LANES)), rows => emit(rows, rest))
    })
}

interface Tile {
  /** Its first row in the block, and its panel. */
  readonly row: Local<'i32'>
  readonly panel: Local<'i32'>
  readonly rows: number
  readonly columns: number
}

/** One tile of sums: takes it up, adds the products of this chunk, puts it down. */
function emitTile(
  emission: Emission,
  { attributes }: KernelNode<'matmul'>,
  cut: MatmulCut,
  tile: ProductTile,
  p: Piece,
  { row, panel, rows, columns }: Tile,
): void {
  const { f, at } = emission
  const { epilogue, transposeA } = attributes
  const vectors = Math.ceil(columns / LANES)
  const { a, rowBytes, aStep } = leftOperand(emission, transposeA, cut, p, row)
  const { b, bStep } = rightOperand(emission, cut, p, panel)
  const cell = i32.add(i32.mul(i32.add(p.first, row), cut.columns), i32.mul(panel, PANEL))
  const address = f.i32(i32.add(at.output, i32.mul(cell, FLOAT)))
  const output = {
    address,
    rowBytes: cut.columns * FLOAT,
    columns,
    bias: i32.add(at.inputs[2] ?? 0, i32.mul(panel, PANEL * FLOAT)),
  }
  const several = cut.chunks > 1
  if (several)
    f.if(
      p.start,
      () => tile.load(rows, vectors, address, output.rowBytes),
      () => tile.clear(rows, vectors),
    )
  else tile.clear(rows, vectors)
  tile.multiply({ rows, vectors, a, rowBytes, aStep, b, bStep, count: p.count })
  storeTile(emission, tile, rows, output)
  if (!epilogue) return
  const finish = () => applyEpilogue(emission, tile, rows, output, epilogue)
  if (several) f.if(i32.eq(p.start, (cut.chunks - 1) * cut.chunk), finish)
  else finish()
}

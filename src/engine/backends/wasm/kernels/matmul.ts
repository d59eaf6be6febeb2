import { i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { finishStored, panelsOf, storeTile } from './epilogue.js'
import { type Emission, FLOAT, type KernelFor, type KernelNode, type KernelStep, LANES } from './kernel.js'
import { cutMatmul, type MatmulCut } from './matmul-cut.js'
import { emitPackPanels, emitPackRows, leftOperand, type Piece, rightOperand } from './matmul-operands.js'
import { addPartialSums } from './partial-sums.js'
import { PANEL, ProductTile } from './product-tile.js'
import { rowTiles } from './row-tiles.js'

/**
 * Each piece makes the sums of a block of rows and a share of the columns. It packs what it needs of the matrices
 * itself, a chunk of the sums' steps at a time: what was packed is still in the cache when it is multiplied, and a large
 * matrix is read only once.
 */
export const matmul: KernelFor<'matmul'> = node => {
  const cut = cutMatmul(node)
  const { rows, columns, groups, sharePanels, packsPanels, panelPitch, packsRows, rowPitch, chunk } = cut
  const product: KernelStep = {
    name: 'matmul',
    pieces: cut.blocks * cut.shares * groups,
    emit: emission => emitPiece(emission, node, cut),
  }
  const scratch = (packsPanels ? sharePanels * panelPitch : 0) + (packsRows ? chunk * rowPitch : 0)
  if (groups === 1) return { algorithm: 'packed panels', steps: [product], scratch }
  return {
    algorithm: 'packed panels, partial sums',
    steps: [product, addPartialSums(0, { groups, rows, columns, paddedColumns: columns })],
    temporaries: [groups * rows * columns],
    scratch,
  }
}

function emitPiece(emission: Emission, node: KernelNode<'matmul'>, cut: MatmulCut): void {
  const { f, at, piece, scratch } = emission
  const { full, all, rest } = panelsOf(cut.columns)
  const { blocks, shares, groups, sharePanels, length, groupSteps, chunk } = cut
  const tile = new ProductTile(f)
  const group = f.i32(i32.div(piece, blocks * shares))
  const firstPanel = f.i32(i32.mul(i32.rem(i32.div(piece, blocks), shares), sharePanels))
  const endPanel = f.i32(i32.add(firstPanel, sharePanels))
  const groupBytes = cut.rows * cut.columns * FLOAT
  const p = {
    first: f.i32(i32.mul(i32.rem(piece, blocks), cut.blockRows)),
    firstPanel,
    endFull: f.i32(i32.min(endPanel, full)),
    hasRest: rest === 0 ? 0 : i32.ge(endPanel, all),
    output: groups === 1 ? at.output : f.i32(i32.add(at.temporaries[0]!, i32.mul(group, groupBytes))),
    begin: groups === 1 ? 0 : f.i32(i32.mul(group, groupSteps)),
    packedPanels: scratch,
    packedRows: f.i32(i32.add(scratch, cut.packsPanels ? sharePanels * cut.panelPitch * FLOAT : 0)),
  }
  const end = groups === 1 ? length : f.i32(i32.min(length, i32.add(p.begin, groupSteps)))
  if (isWhole(cut)) {
    emitChunk(emission, node, cut, tile, { ...p, end, start: 0, count: length })
    return
  }
  const start = f.i32()
  const count = f.i32()
  f.for(start, p.begin, end, chunk, () => {
    f.set(count, i32.min(chunk, i32.sub(end, start)))
    emitChunk(emission, node, cut, tile, { ...p, end, start, count })
  })
}

/** True where sums are made in one go. */
const isWhole = ({ groups, chunks }: MatmulCut): boolean => groups === 1 && chunks === 1

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
  const address = f.i32(i32.add(p.output, i32.mul(cell, FLOAT)))
  const output = {
    address,
    rowBytes: cut.columns * FLOAT,
    columns,
    bias: i32.add(at.inputs[2] ?? 0, i32.mul(panel, PANEL * FLOAT)),
  }
  if (cut.chunks === 1) tile.clear(rows, vectors)
  else
    f.if(
      i32.eq(p.start, p.begin),
      () => tile.clear(rows, vectors),
      () => tile.load(rows, vectors, address, output.rowBytes),
    )
  tile.multiply({ rows, vectors, a, rowBytes, aStep, b, bStep, count: p.count })
  storeTile(emission, tile, rows, output)
  if (!epilogue) return
  const finish = () => finishStored(emission, tile, rows, output, epilogue)
  if (cut.chunks === 1) finish()
  else f.if(i32.eq(i32.add(p.start, p.count), p.end), finish)
}

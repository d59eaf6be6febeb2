import { i32 } from '../assembler/expressions.js'
import type { Local } from '../assembler/function.js'
import { finishTile, panelsOf } from './epilogue.js'
import { type Emission, FLOAT, type KernelFor, type KernelNode, LANES } from './kernel.js'
import { packedSize, packPanels } from './pack-panels.js'
import { PANEL, ProductTile } from './product-tile.js'
import { rowTiles } from './row-tiles.js'

/** Rows of the output that one piece computes, for the columns of one panel. */
const BLOCK_ROWS = 64

export const matmul: KernelFor<'matmul'> = node => {
  const { transposeB } = node.attributes
  const [rows, columns] = node.output as [number, number]
  const length = lengthOf(node)
  const blocks = Math.ceil(rows / BLOCK_ROWS)
  const view = {
    first: 0,
    rows: [{ count: length, stride: transposeB ? 1 : columns }],
    columns: { count: columns, stride: transposeB ? length : 1 },
  }
  return {
    algorithm: 'packed panels',
    steps: [
      packPanels('pack matrix', 1, 0, view),
      {
        name: 'matmul',
        pieces: panelsOf(columns).all * blocks,
        emit: emission => emitMatmul(emission, node, length, blocks),
      },
    ],
    temporaries: [packedSize(length, columns)],
  }
}

const lengthOf = ({ attributes, inputs }: KernelNode<'matmul'>): number =>
  inputs[0]![attributes.transposeA ? 0 : 1]!

function emitMatmul(emission: Emission, node: KernelNode<'matmul'>, length: number, blocks: number): void {
  const { f, piece } = emission
  const [rows, columns] = node.output as [number, number]
  const panel = f.i32(i32.div(piece, blocks))
  const first = f.i32(i32.mul(i32.rem(piece, blocks), BLOCK_ROWS))
  const tile = new ProductTile(f)
  const { full, rest } = panelsOf(columns)
  const lastRows = rows - (blocks - 1) * BLOCK_ROWS
  const block = (width: number) => {
    const compute = (height: number) =>
      emitBlock(emission, node, { tile, panel, first, length, height, width })
    if (blocks === 1 || lastRows === BLOCK_ROWS) compute(lastRows)
    else
      f.if(
        i32.eq(first, (blocks - 1) * BLOCK_ROWS),
        () => compute(lastRows),
        () => compute(BLOCK_ROWS),
      )
  }
  if (rest === 0) block(PANEL)
  else if (full === 0) block(rest)
  else
    f.if(
      i32.eq(panel, full),
      () => block(rest),
      () => block(PANEL),
    )
}

interface Block {
  readonly tile: ProductTile
  readonly panel: Local<'i32'>
  readonly first: Local<'i32'>
  readonly length: number
  readonly height: number
  /** Real columns of the panel. */
  readonly width: number
}

function emitBlock(emission: Emission, { attributes, output }: KernelNode<'matmul'>, block: Block): void {
  const { f, at } = emission
  const [rows, columns] = output as [number, number]
  const { tile, panel, first, length, height, width } = block
  // Element (m, k) of a transposed matrix lies at k · rows + m.
  const [rowBytes, aStep] = attributes.transposeA ? [FLOAT, rows * FLOAT] : [length * FLOAT, FLOAT]
  const row = f.i32()
  const a = f.i32()
  const b = f.i32()
  const vectors = Math.ceil(width / LANES)
  rowTiles(f, row, height, tile.maxRows(vectors), tileRows => {
    const m = i32.add(first, row)
    f.set(a, i32.add(at.inputs[0]!, i32.mul(m, rowBytes)))
    f.set(b, i32.add(at.temporaries[0]!, i32.mul(panel, length * PANEL * FLOAT)))
    tile.clear(tileRows, vectors)
    tile.multiply({ rows: tileRows, vectors, a, rowBytes, aStep, b, bStep: PANEL * FLOAT, count: length })
    f.set(a, i32.add(at.output, i32.mul(i32.add(i32.mul(m, columns), i32.mul(panel, PANEL)), FLOAT)))
    f.set(b, i32.add(at.inputs[2] ?? 0, i32.mul(panel, PANEL * FLOAT)))
    finishTile(
      emission,
      tile,
      tileRows,
      { address: a, rowBytes: columns * FLOAT, columns: width, bias: b },
      attributes.epilogue,
    )
  })
}

/** Rows of numbers. */
export type Grid = readonly (readonly number[])[]

interface TonesToDraw {
  readonly bytes: Uint8Array
  readonly sentence: string
}

/** Max, average and min pooling of the same cells, as `explain.pooling` gives them. */
export interface PoolingToDraw {
  /** `[C][H][W]` */
  readonly planes: readonly Grid[]
  readonly inputTones: TonesToDraw
  readonly window: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly pad: {
    readonly top: number
    readonly bottom: number
    readonly left: number
    readonly right: number
  }
  readonly outputSize: readonly [number, number]
  readonly pooled: readonly {
    readonly kind: 'max' | 'average' | 'min'
    readonly planes: readonly Grid[]
    readonly tones: TonesToDraw
  }[]
  winner(kind: 'max' | 'min', row: number, column: number): { readonly row: number; readonly column: number }
}

/** Height and width of the input. */
export const inputSize = ({ planes }: PoolingToDraw): readonly [number, number] => [
  planes[0]!.length,
  planes[0]![0]!.length,
]

/** `4×4 → 2×2: a quarter of the numbers` */
export function sizesText(steps: PoolingToDraw): string {
  const [height, width] = inputSize(steps)
  const [rows, columns] = steps.outputSize
  return `${height}×${width} → ${rows}×${columns}: ${shareText((rows * columns) / (height * width))}`
}

const namedShares: Readonly<Record<number, string>> = { 2: 'half of', 3: 'a third of', 4: 'a quarter of' }

function shareText(share: number): string {
  if (share === 1) return 'as many numbers'
  const parts = 1 / share
  if (Number.isInteger(parts)) return `${namedShares[parts] ?? `1 in ${parts} of`} the numbers`
  return `${(share * 100).toFixed(1)} % of the numbers`
}

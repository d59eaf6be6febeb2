import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { Random } from '../../src/base/random.js'

/** Pictures of three kinds, no two alike: light on the left, light at the top, a light middle. */
export const kinds = ['left', 'middle', 'top'] as const
export type Kind = (typeof kinds)[number]

const isLight: Readonly<Record<Kind, (x: number, y: number) => boolean>> = {
  left: x => x < 0.5,
  middle: (x, y) => Math.abs(x - 0.5) < 0.25 && Math.abs(y - 0.5) < 0.25,
  top: (_, y) => y < 0.5,
}

export interface DrawnPhoto {
  readonly width?: number
  readonly height?: number
  readonly seed: number
  /** Default colour. */
  readonly grey?: boolean
}

/** A PNG or JPEG, by the ending of its path. */
export async function drawPhoto(
  path: string,
  kind: Kind,
  { width = 40, height = 40, seed, grey = false }: DrawnPhoto,
): Promise<void> {
  const random = new Random(seed)
  const tint = grey ? [1, 1, 1] : [0.6 + 0.4 * random.uniform(), 0.6, 0.6 + 0.4 * random.uniform()]
  const bytes = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const level = (isLight[kind](x / width, y / height) ? 190 : 60) + 40 * random.uniform()
      for (let c = 0; c < 3; c++) bytes[3 * (y * width + x) + c] = grey ? level : level * tint[c]!
    }
  await sharp(bytes, { raw: { width, height, channels: 3 } }).toFile(path)
}

/** `folder/left/0.png` and so on, so many of each kind. */
export async function drawPhotos(
  folder: string,
  counts: Readonly<Partial<Record<Kind, number>>>,
  { from = 0, ending = 'png', ...photo }: Omit<DrawnPhoto, 'seed'> & { from?: number; ending?: string } = {},
): Promise<void> {
  for (const kind of kinds) {
    const count = counts[kind] ?? 0
    if (count > 0) mkdirSync(join(folder, kind), { recursive: true })
    for (let i = from; i < from + count; i++)
      await drawPhoto(join(folder, kind, `${i}.${ending}`), kind, {
        ...photo,
        seed: 1000 * kinds.indexOf(kind) + i,
      })
  }
}

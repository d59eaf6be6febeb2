import { resolve } from 'node:path'
import type { SplitPart } from '../../data/hash-split.js'
import type { FolderPicture, PictureFolder } from '../folder-data/read-folder.js'
import type { ClassLook } from './folder-look.js'
import { middleByArea } from './picture-sizes.js'

/** What there is of each class, in the order of the class names; also of those without a picture that can be used. */
export function classLooks(
  { listing, pictures, faults }: PictureFolder,
  parts: readonly SplitPart[],
): ClassLook[] {
  const members = listing.classNames.map(() => ({
    pictures: [] as FolderPicture[],
    parts: [] as SplitPart[],
    faulty: 0,
  }))
  for (const [i, picture] of pictures.entries()) {
    members[picture.label]!.pictures.push(picture)
    members[picture.label]!.parts.push(parts[i]!)
  }
  const faulty = new Set(faults.map(({ path }) => path))
  for (const { path, label } of listing.pictures) if (faulty.has(resolve(path))) members[label]!.faulty++
  return listing.classNames.map((name, label) => {
    const own = members[label]!
    const middle = middleByArea(own.pictures)
    return {
      name,
      pictures: own.pictures.length,
      share: own.pictures.length / pictures.length,
      parts: countParts(own.parts),
      medianSize: middle ? { width: middle.width, height: middle.height } : null,
      faulty: own.faulty,
    }
  })
}

export function countParts(parts: readonly SplitPart[]): Record<SplitPart, number> {
  const counts = { train: 0, validation: 0, test: 0 }
  for (const part of parts) counts[part]++
  return counts
}

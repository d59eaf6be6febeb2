import { resolve } from 'node:path'
import { type SplitPart, type SplitShares, splitByHash } from '../../data/hash-split.js'
import { showName } from '../folder/show-name.js'
import type { FolderPicture, PictureFolder } from '../folder-data/read-folder.js'
import type { FaultyFile } from '../picture-store/entry.js'
import { classLooks, countParts } from './class-looks.js'
import { duplicateGroups, lookAlikeGroups, uniquePictures } from './file-groups.js'
import type { ColoursLook, FaultGroup, FileLook, FolderLook } from './folder-look.js'
import { findLookAlikes } from './look-alikes.js'
import { sizesLook } from './picture-sizes.js'
import { type ScannedPicture, type ScanOptions, scanPictures } from './scan-pictures.js'

/**
 * Looks at a folder whose pictures are decoded: what there is of each class, what is broken, the same or nearly so. What training
 * refuses (one class, too few pictures) is no error here.
 *
 * @param shares of the parts that are taken by hash
 */
export async function lookAtFolder(
  folder: PictureFolder,
  shares: SplitShares,
  options: ScanOptions = {},
): Promise<FolderLook> {
  const { listing, pictures, faults, store, name } = folder
  const parts = splitByHash(pictures, shares)
  const unique = uniquePictures(pictures)
  const scanned = await scanPictures(store, unique, options)
  const alike = await findLookAlikes(store, unique, scanned, options.signal)
  const context = { pictures, parts, classNames: listing.classNames }
  return {
    place: listing.place,
    name,
    layout: listing.layout,
    bytes: [...pictures, ...faults].reduce((sum, { size }) => sum + size, 0),
    pictures: pictures.length,
    classes: classLooks(folder, parts),
    parts: countParts(parts),
    ownParts: ownParts(folder),
    sizes: sizesLook(pictures),
    colours: coloursOf(pictures, unique, scanned, store.rowShape[2] === 1),
    faults: faultGroups(folder),
    notices: listing.notices,
    duplicates: duplicateGroups(context),
    lookAlikes: lookAlikeGroups(alike.groups, context),
    allCompared: alike.complete,
    files: fileLooks(folder, parts),
  }
}

const partNames: readonly SplitPart[] = ['train', 'validation', 'test']

const ownParts = ({ listing }: PictureFolder): SplitPart[] => {
  const given = new Set(listing.pictures.map(({ part }) => part))
  return partNames.filter(part => given.has(part))
}

function coloursOf(
  pictures: readonly FolderPicture[],
  unique: readonly FolderPicture[],
  scanned: readonly ScannedPicture[],
  sampled: boolean,
): ColoursLook {
  const colouredHashes = new Set(unique.flatMap(({ hash }, i) => (scanned[i]!.coloured ? [hash] : [])))
  const coloured = pictures.filter(({ hash }) => colouredHashes.has(hash)).length
  return { grey: pictures.length - coloured, coloured, sampled }
}

const faultOrder: readonly FaultyFile['fault'][] = ['broken', 'unknown', 'tooLarge', 'unreadable']

function faultGroups({ faults, listing }: PictureFolder): FaultGroup[] {
  const names = new Map(listing.pictures.map(({ path }) => [resolve(path), path]))
  const looks = faults.map(fault => ({ ...fault, file: names.get(fault.path) ?? fault.path }))
  return faultOrder
    .map(fault => ({
      fault,
      files: looks
        .filter(look => look.fault === fault)
        .map(({ file, path, problem }) => ({ file, problem: withoutName(problem, path) })),
    }))
    .filter(({ files }) => files.length > 0)
}

/** What is wrong, without the file's name in front, which is long and told anyway. */
function withoutName(problem: string, path: string): string {
  const name = showName(path)
  return problem.startsWith(name) ? problem.slice(name.length).replace(/^:? /, '') : problem
}

function fileLooks({ listing, pictures, faults }: PictureFolder, parts: readonly SplitPart[]): FileLook[] {
  const usable = new Map(pictures.map((picture, i) => [picture.file, { picture, part: parts[i]! }]))
  const faulty = new Map(faults.map(fault => [fault.path, fault]))
  return listing.pictures.map(({ path, label }) => {
    const found = usable.get(path)
    const fault = faulty.get(resolve(path))
    return {
      file: path,
      className: listing.classNames[label]!,
      part: found?.part ?? null,
      size: found ? { width: found.picture.width, height: found.picture.height } : null,
      bytes: found?.picture.size ?? fault?.size ?? 0,
      hash: found?.picture.hash ?? null,
      fault: fault?.fault ?? null,
      problem: fault ? withoutName(fault.problem, fault.path) : null,
    }
  })
}

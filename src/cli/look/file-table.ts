import type { FolderLook } from '../../node/folder-look/folder-look.js'
import { csvOf } from '../output.js'

/** A row for each file, in the order of the listing. */
export const fileTable = ({ files }: FolderLook): string =>
  csvOf(
    ['file', 'class', 'part', 'width', 'height', 'bytes', 'hash', 'fault', 'problem'],
    files.map(({ file, className, part, size, bytes, hash, fault, problem }) => [
      file,
      className,
      part ?? '',
      size?.width ?? '',
      size?.height ?? '',
      bytes,
      hash ?? '',
      fault ?? '',
      problem ?? '',
    ]),
  )

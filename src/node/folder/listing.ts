export type PartName = 'train' | 'validation' | 'test'

export interface ListedPicture {
  /** As it can be opened: it begins with the place that was given, so it is relative where that is. */
  readonly path: string
  /** Place in `classNames`. */
  readonly label: number
  /** Null where the place does not say. */
  readonly part: PartName | null
}

/** Pictures and their classes, as they were found at a place. */
export interface Listing {
  /** What was given. */
  readonly place: string
  readonly layout: 'classes' | 'parts' | 'csv' | 'glob'
  /**
   * Sorted by code points, numbers in names by value (`10` after `9`): the same order on every machine. Letters with
   * accents are single code points (Unicode NFC), however the file system spells them.
   */
  readonly classNames: readonly string[]
  /**
   * Sorted by path, folder by folder, in the order of `classNames`; the pictures of a folder come before those of its
   * subfolders.
   */
  readonly pictures: readonly ListedPicture[]
  /** Sentences for a person: what was passed over and why, counted; one for each kind, with up to three examples. */
  readonly notices: readonly string[]
}

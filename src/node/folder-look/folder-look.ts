import type { SplitPart } from '../../data/hash-split.js'
import type { Listing } from '../folder/list-pictures.js'
import type { FaultyFile } from '../picture-store/entry.js'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface SizedPicture extends PictureSize {
  readonly file: string
}

/** What there is of a class. */
export interface ClassLook {
  readonly name: string
  /** Pictures that can be used. */
  readonly pictures: number
  /** Of all that can be used, 0 … 1; NaN where there are none. */
  readonly share: number
  readonly parts: Readonly<Record<SplitPart, number>>
  /** Of the picture in the middle by its area; null where there is none. */
  readonly medianSize: PictureSize | null
  /** Files that cannot be used. */
  readonly faulty: number
}

/** How large pictures are, by their area, and what their proportions cost. */
export interface SizesLook {
  readonly smallest: SizedPicture
  readonly median: SizedPicture
  readonly largest: SizedPicture
  /** Pictures that are not square. */
  readonly notSquare: number
  /** Of those: the share of a picture, 0 … 1, that lies outside its largest square. Null where all are square. */
  readonly croppedAway: { readonly median: number; readonly most: number; readonly file: string } | null
  /** The shorter side that a tenth of the pictures are below, and that a tenth are above. */
  readonly shorterSides: { readonly low: number; readonly high: number }
}

export interface ColoursLook {
  readonly grey: number
  readonly coloured: number
  /** Whether that was seen in a sample only, of which none had a colour. */
  readonly sampled: boolean
}

/** Files that are no use, by what is wrong with them. */
export interface FaultGroup {
  readonly fault: FaultyFile['fault']
  readonly files: readonly { readonly file: string; readonly problem: string }[]
}

/** A file among others that are the same as it, or like it. */
export interface GroupedFile {
  readonly file: string
  readonly className: string
  /** What training would use it for. */
  readonly part: SplitPart
}

export interface FileGroup {
  readonly files: readonly GroupedFile[]
  /** Whether they lie in several classes. */
  readonly acrossClasses: boolean
  /** Whether training would use them for different things: what is measured on one says too much good then. */
  readonly acrossParts: boolean
}

/** A file, and what became of it. */
export interface FileLook {
  readonly file: string
  readonly className: string
  /** Null for one that cannot be used. */
  readonly part: SplitPart | null
  readonly size: PictureSize | null
  readonly bytes: number
  readonly hash: string | null
  readonly fault: FaultyFile['fault'] | null
  readonly problem: string | null
}

/** What there is to know of a folder of pictures before training. Plain data. */
export interface FolderLook {
  readonly place: string
  /** `photos` */
  readonly name: string
  readonly layout: Listing['layout']
  /** Of all its picture files. */
  readonly bytes: number
  /** That can be used. */
  readonly pictures: number
  readonly classes: readonly ClassLook[]
  readonly parts: Readonly<Record<SplitPart, number>>
  /** Parts that the place itself has; the others are taken by hash. */
  readonly ownParts: readonly SplitPart[]
  /** Null where no picture can be used. */
  readonly sizes: SizesLook | null
  readonly colours: ColoursLook
  readonly faults: readonly FaultGroup[]
  /** Sentences: what was passed over while pictures were looked for. */
  readonly notices: readonly string[]
  /** Files of the same content: those in several classes first, then those in several parts. */
  readonly duplicates: readonly FileGroup[]
  /** Files of different content that look alike, in the same order. */
  readonly lookAlikes: readonly FileGroup[]
  /** False where there were too many that may look alike to compare them all. */
  readonly allCompared: boolean
  /** In the order of the listing. */
  readonly files: readonly FileLook[]
}

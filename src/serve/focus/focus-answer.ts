import type { PictureFit } from '../../base/picture-fit.js'
import type { Focus } from '../../explain/focus.js'
import { focusOverlay } from './focus-overlay.js'
import { type Region, seenRegion } from './seen-region.js'

/** Where the network looked, as it is sent. */
export interface FocusAnswer {
  readonly className: string
  readonly layer: string
  readonly method: string
  /** The peak in words: `in the upper left`; null where nothing speaks for the class. */
  readonly place: string | null
  /** The peak in shares of the seen region; null where nothing speaks for the class. */
  readonly peak: { readonly x: number; readonly y: number } | null
  /** The share of the seen region that holds half of what speaks for the class. */
  readonly halfShare: number | null
  /** What the network saw of the picture. */
  readonly region: Region
  /** To lay over that region. */
  readonly svg: string
}

interface Size {
  readonly height: number
  readonly width: number
}

export const focusAnswer = (focus: Focus, fit: PictureFit, picture: Size): FocusAnswer => ({
  className: focus.className,
  layer: focus.layer,
  method: focus.method,
  place: focus.place,
  peak: focus.peak,
  halfShare: focus.half?.share ?? null,
  region: seenRegion(fit, picture, focus.enlarged),
  svg: focusOverlay(focus),
})

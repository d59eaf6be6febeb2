import type { Drawing } from '../viz/svg/drawing.js'

/** What a phone shows without moving it sideways, in units. */
const phoneWidth = 440

/** A drawing, with its text alternative for those who do not see it; what is wider than a phone can be moved sideways. */
export const figure = (drawing: Drawing): string =>
  `<figure><div class="${drawing.width > phoneWidth ? 'scroll' : 'whole'}">${drawing.toInlineSvg()}</div></figure>`

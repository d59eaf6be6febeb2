import type { Theme } from '../../viz/svg/theme.js'

/** The options of `fovea explain shift` as they were given. */
export interface ExplainShiftOptions {
  readonly dataset?: string
  readonly data?: string
  readonly range?: number
  /** Name of the class of the picture that is shown. */
  readonly class?: string
  readonly pictures?: number
  readonly seed?: number
  readonly epochs?: number
  readonly threads?: number
  readonly output?: string
  readonly theme?: Theme
}

import { unknownName } from '../base/nearest.js'
import type { Theme } from '../viz/svg/theme.js'

const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** The value of `--theme` as `saveDrawing` takes it; unknown ones are refused with the nearest. */
export function checkTheme(theme: Theme | undefined): { readonly theme?: Theme } {
  if (theme === undefined) return {}
  if (themes.includes(theme)) return { theme }
  throw unknownName('theme', theme, themes)
}

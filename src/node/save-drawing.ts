import { extname } from 'node:path'
import { OptionError } from '../base/errors.js'
import { drawingPage } from '../report/drawing-page.js'
import type { Drawing } from '../viz/svg/drawing.js'
import { fontFamily } from '../viz/svg/text.js'
import type { Theme } from '../viz/svg/theme.js'
import { writeAtomically } from './atomic-file.js'
import { arimoFile } from './fonts/arimo.js'
import { liftLabels } from './fonts/lift-labels.js'
import { noticeMissing } from './fonts/missing-characters.js'
import { withFont } from './page-font.js'

export interface SaveDrawingOptions {
  /** Default `auto` for SVG, `light` for PNG, which cannot ask its reader. */
  readonly theme?: Theme
  /** Pixels a unit, for PNG. Default 2. */
  readonly scale?: number
}

/** The kinds of files a drawing can be written as. */
export const drawingKinds: readonly string[] = ['.svg', '.png', '.html']

/**
 * Writes a drawing as `.svg`, `.png` or `.html`, as the name says. The file appears whole or not at all.
 *
 * @throws OptionError for another ending, FileError where nothing can be written
 */
export async function saveDrawing(
  drawing: Drawing,
  path: string,
  options: SaveDrawingOptions = {},
): Promise<void> {
  await writeAtomically(path, await bytesOf(drawing, path, options))
}

async function bytesOf(
  drawing: Drawing,
  path: string,
  { theme, scale = 2 }: SaveDrawingOptions,
): Promise<string | Uint8Array> {
  const kind = extname(path).toLowerCase()
  if (kind === '.svg') return drawing.toSvg({ theme: theme ?? 'auto' })
  if (kind === '.png')
    return pngOf(drawing.toSvg({ theme: theme === 'dark' ? 'dark' : 'light' }), scale, path)
  if (kind === '.html') return withFont(drawingPage(drawing))
  throw new OptionError(
    `${path}: a drawing cannot be written as "${kind}".`,
    `Give a name that ends in ${drawingKinds.join(', ')}.`,
  )
}

/**
 * An SVG as PNG, `scale` pixels a unit, with letters of our own font, Arimo: the same picture on every machine. Texts with
 * letters that Arimo lacks are drawn with the fonts of the operating system; what those lack, too, is a box, and a notice
 * says so.
 */
export const renderPng = (svg: string, scale = 2): Promise<Uint8Array> => pngOf(svg, scale, 'renderPng')

async function pngOf(svg: string, scale: number, who: string): Promise<Uint8Array> {
  const { svg: lifted, missing } = await liftLabels(svg, scale)
  if (missing.length > 0) noticeMissing(who, missing)
  // Loaded when the first drawing becomes pixels.
  const { Resvg } = await import('@resvg/resvg-js')
  const renderer = new Resvg(lifted, {
    font: {
      fontFiles: [arimoFile('normal'), arimoFile('bold')],
      loadSystemFonts: false,
      defaultFontFamily: fontFamily.split(',')[0]!,
    },
    fitTo: { mode: 'zoom', value: scale },
  })
  return renderer.render().asPng()
}

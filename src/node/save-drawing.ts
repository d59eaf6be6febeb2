import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { OptionError } from '../base/errors.js'
import { drawingPage } from '../report/drawing-page.js'
import type { Drawing } from '../viz/svg/drawing.js'
import { fontFamily } from '../viz/svg/text.js'
import type { Theme } from '../viz/svg/theme.js'
import { writeAtomically } from './atomic-file.js'
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
  if (kind === '.png') return renderPng(drawing.toSvg({ theme: theme === 'dark' ? 'dark' : 'light' }), scale)
  if (kind === '.html') return withFont(drawingPage(drawing))
  throw new OptionError(
    `${path}: a drawing cannot be written as "${kind}".`,
    `Give a name that ends in ${drawingKinds.join(', ')}.`,
  )
}

/** An SVG as PNG, `scale` pixels a unit, with letters of our own font: the same picture on every machine. */
export async function renderPng(svg: string, scale = 2): Promise<Uint8Array> {
  // Loaded when the first drawing becomes pixels.
  const { Resvg } = await import('@resvg/resvg-js')
  const renderer = new Resvg(svg, {
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: fontFamily.split(',')[0]! },
    fitTo: { mode: 'zoom', value: scale },
  })
  return renderer.render().asPng()
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url)
  const files = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf']
  return files.map(file => resolve(`@expo-google-fonts/arimo/${file}`))
}

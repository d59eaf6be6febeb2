import type { Drawing } from '../viz/svg/drawing.js'
import { htmlPage } from './page.js'
import { figures, sectionHtml, wideOrNarrow } from './section.js'

export interface DrawingPageOptions {
  /** What is to be seen, in plain text. Default: the drawing's description. */
  readonly lead?: string
  /** The same for narrow screens. Default: the drawing, which can then be moved sideways. */
  readonly narrow?: Drawing
}

/** A page that shows one drawing and says in words what is to be seen. */
export const drawingPage = (drawing: Drawing, { lead, narrow }: DrawingPageOptions = {}): string =>
  htmlPage({
    title: drawing.title,
    main: `<main>${sectionHtml({
      id: 'drawing',
      heading: drawing.title,
      lead: lead ?? drawing.description,
      content: narrow ? wideOrNarrow(figures([drawing]), figures([narrow])) : figures([drawing]),
    })}</main>`,
  })

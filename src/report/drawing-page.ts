import type { Drawing } from '../viz/svg/drawing.js'
import { htmlPage } from './page.js'
import { figures, sectionHtml } from './section.js'

/** A page that shows one drawing and says in words what is to be seen. */
export const drawingPage = (drawing: Drawing): string =>
  htmlPage({
    title: drawing.title,
    main: `<main>${sectionHtml({
      id: 'drawing',
      heading: drawing.title,
      lead: drawing.description,
      content: figures([drawing]),
    })}</main>`,
  })

import type { Drawing } from '../viz/svg/drawing.js'
import { escapeText } from '../viz/svg/element.js'
import { htmlPage } from './page.js'

/** A page that shows one drawing and says in words what is to be seen. */
export const drawingPage = (drawing: Drawing): string =>
  htmlPage({
    title: drawing.title,
    main: `<main><section style="border:0"><h1>${escapeText(drawing.title)}</h1>${figure(drawing)}</section></main>`,
  })

/** A drawing with its text alternative below it. What is wider than a phone can be moved sideways. */
export const figure = (drawing: Drawing, { caption = true }: { readonly caption?: boolean } = {}): string => {
  const text = caption ? `<figcaption>${escapeText(drawing.description)}</figcaption>` : ''
  return `<figure><div class="${drawing.width > 440 ? 'scroll' : 'whole'}">${drawing.toInlineSvg()}</div>${text}</figure>`
}

import type { Drawing } from '../viz/svg/drawing.js'
import { escapeText } from '../viz/svg/element.js'
import { figure } from './figure.js'

/** One part of a page. */
export interface Section {
  /** The anchor links lead to. */
  readonly id: string
  readonly heading: string
  /** A sentence or two that say what is to be seen. Plain text. */
  readonly lead: string
  /** HTML. */
  readonly content: string
  readonly css?: string
  readonly script?: string
}

/** A section that has nothing to show, and says why. */
export const emptySection = (id: string, heading: string, reason: string): Section => ({
  id,
  heading,
  lead: reason,
  content: '',
})

export const sectionHtml = ({ id, heading, lead, content }: Section): string =>
  `<section id="${id}">
<h2>${escapeText(heading)}</h2>
<p>${escapeText(lead)}</p>
${content}
</section>`

/** Links to all sections. */
export const contents = (sections: readonly Section[]): string =>
  `<nav class="contents" aria-label="Contents"><ol>${sections
    .map(({ id, heading }) => `<li><a href="#${id}">${escapeText(heading)}</a></li>`)
    .join('')}</ol></nav>`

/** Drawings beside each other where there is room, below each other on a phone. */
export const figures = (drawings: readonly Drawing[]): string =>
  `<div class="figures">${drawings.map(figure).join('\n')}</div>`

/** A table of plain texts; the first column names the rows. */
export function tableHtml(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = titles.map(title => `<th scope="col">${escapeText(title)}</th>`).join('')
  const body = rows.map(row => `<tr>${row.map(cell => `<td>${escapeText(cell)}</td>`).join('')}</tr>`)
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

/** One thing in two widths, of which the page shows the one that fits. */
export const wideOrNarrow = (wide: string, narrow: string): string =>
  `<div class="wide-only">${wide}</div><div class="narrow-only">${narrow}</div>`

/** Names with values, as tiles; where there are sentences, as wide as two. */
export const factsHtml = (facts: readonly (readonly [name: string, value: string])[]): string =>
  `<dl class="facts">${facts.map(tile).join('')}</dl>`

/** Values longer than this would be columns of single words. */
const mostLetters = 20

const tile = ([name, value]: readonly [name: string, value: string]): string => {
  const long = value.length > mostLetters ? ' class="long"' : ''
  return `<div${long}><dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd></div>`
}

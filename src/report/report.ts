import { FoveaError } from '../base/errors.js'
import { mistakes } from '../explain/mistakes.js'
import { escapeText } from '../viz/svg/element.js'
import { type Chapter, chapters } from './chapters.js'
import { htmlPage } from './page.js'
import { contents, emptySection, type Section, sectionHtml } from './section.js'
import type { Measured, ReportSubject } from './subject.js'

export interface ReportOptions {
  /** Told the heading of each section before it is made. */
  readonly onSection?: (heading: string, number: number, of: number) => void
  readonly signal?: AbortSignal
  /** Threads that compute. Default: one for each core. */
  readonly threads?: number
}

/**
 * One self-contained HTML page with everything there is to see of a model: curves and verdict, the network, its filters and
 * feature maps, what moves it, what it gets wrong and where it looks. A section that cannot be made (a network without
 * convolutions has no filters) says why.
 */
export async function makeReport(subject: ReportSubject, options: ReportOptions = {}): Promise<string> {
  const measured = await measure(subject, options)
  const sections: Section[] = []
  const concerned = chapters.filter(({ concerns }) => concerns?.(measured) ?? true)
  for (const [number, chapter] of concerned.entries()) {
    options.signal?.throwIfAborted()
    options.onSection?.(chapter.heading, number + 1, concerned.length)
    sections.push(await makeSection(chapter, measured))
  }
  return reportPage(subject.title, sections)
}

async function measure(subject: ReportSubject, { threads }: ReportOptions): Promise<Measured> {
  const { model, test, classNames } = subject
  // A model goes on with as many threads as it was first given.
  const evaluation = await model.evaluateDetailed(test.x, test.y, {
    ...(threads !== undefined && { threads }),
  })
  const { predicted, rowLoss } = evaluation
  return { ...subject, evaluation, found: mistakes({ labels: test.y.data, predicted, rowLoss, classNames }) }
}

async function makeSection({ id, heading, make }: Chapter, subject: Measured): Promise<Section> {
  try {
    return await make(subject)
  } catch (error) {
    if (error instanceof FoveaError) return emptySection(id, heading, error.problem)
    throw error
  }
}

const reportPage = (title: string, sections: readonly Section[]): string =>
  htmlPage({
    title,
    main: [
      `<header class="top"><h1>${escapeText(title)}</h1></header>`,
      contents(sections),
      `<main>${sections.map(sectionHtml).join('\n')}</main>`,
    ].join('\n'),
    css: [...new Set(sections.map(({ css = '' }) => css))].join(''),
    scripts: sections.flatMap(({ script }) => (script === undefined ? [] : [script])),
  })

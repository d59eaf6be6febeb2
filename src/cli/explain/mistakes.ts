import { formatCount, formatPercent, formatShare } from '../../base/format.js'
import { judgedPictures } from '../../explain/judged-pictures.js'
import { type ConfusedPair, type Mistakes, mistakes } from '../../explain/mistakes.js'
import { showName } from '../../node/folder/show-name.js'
import { htmlPage } from '../../report/page.js'
import { figures, sectionHtml } from '../../report/section.js'
import { drawClassShares } from '../../viz/class-shares.js'
import { drawConfusionMatrix } from '../../viz/confusion-matrix.js'
import { type Drawing, stacked } from '../../viz/svg/drawing.js'
import { escapeText } from '../../viz/svg/element.js'
import { drawWorstPictures } from '../../viz/worst-pictures.js'
import { formatConfusion } from '../confusion-table.js'
import { formatClasses } from '../evaluate.js'
import type { CliIo } from '../io.js'
import { type MeasuredModel, measureModel } from '../measured-model.js'
import { checkOutput, csvOf, type Output, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { formatWorst } from '../worst-table.js'
import type { SeenModelOptions } from './seen-model.js'

export interface ExplainMistakesOptions extends SeenModelOptions {
  readonly top?: number
}

/** Does what `fovea explain mistakes` is asked for. */
export async function explainMistakes(
  path: string,
  { output, top, theme: givenTheme, ...options }: ExplainMistakesOptions,
  io: CliIo,
): Promise<void> {
  const theme = checkTheme(givenTheme)
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  const measured = await measureModel(path, options, io)
  const { name, classNames, y, evaluation } = measured
  const { predicted, rowLoss } = evaluation
  const found = mistakes({
    labels: y.data,
    predicted,
    rowLoss,
    classNames,
    ...(top !== undefined && { top }),
  })
  const summary = summarize(found, name)
  if (output === undefined) return io.out([summary, ...tables(found, measured.files)].join('\n\n'))
  await writeOutput(io, output, await outputOf(found, measured, summary), theme)
  io.out(summary)
}

/** What is to be seen, in a few sentences. */
function summarize(found: Mistakes, dataset: string): string {
  const { accuracy, pictures, pairs, commonest } = found
  return [
    `${formatShare(accuracy.value, pictures)} of the ${formatCount(pictures)} test pictures of ${dataset} were recognised.`,
    ...pairs.slice(0, 1).map(pair => `Most often confused: ${describePair(pair)}.`),
    ...(commonest.collapsed
      ? [
          `${formatPercent(commonest.share)} of all answers are ${commonest.className}: the network hardly tells the classes apart.`,
        ]
      : []),
  ].join(' ')
}

const describePair = ({ classNames: [one, other], there, back }: ConfusedPair): string =>
  [
    `${showName(one)} taken for ${showName(other)} ${times(there)}`,
    `${showName(other)} for ${showName(one)} ${times(back)}`,
  ].join(', ')

const times = (count: number): string => (count === 1 ? 'once' : `${formatCount(count)} times`)

/** Pairs that are listed. */
const listedPairs = 5

const tables = (found: Mistakes, files: readonly string[] | undefined): string[] => [
  formatConfusion(found),
  formatClasses(found.classes),
  ['Most often confused:', ...found.pairs.slice(0, listedPairs).map(pair => `  ${describePair(pair)}`)].join(
    '\n',
  ),
  formatWorst(found, files),
]

async function outputOf(found: Mistakes, measured: MeasuredModel, summary: string): Promise<Output> {
  const drawings = async () => [
    drawConfusionMatrix(found),
    drawClassShares(found),
    drawWorstPictures(await judgedPictures(measured.model, measured.x, found, measured.files)),
  ]
  return {
    drawing: async () =>
      stacked((await drawings()).map(withHeading), { title, description: summary, gap: 20 }),
    html: async () => page(await drawings(), found, summary),
    csv: () =>
      csvOf(
        ['shown', ...found.classNames],
        found.counts.map((row, r) => [found.classNames[r]!, ...row]),
      ),
    json: () => ({ dataset: measured.name, ...found, worst: withFiles(found, measured.files) }),
  }
}

const withFiles = ({ worst }: Mistakes, files: readonly string[] | undefined) =>
  files ? worst.map(result => ({ ...result, file: files[result.row]! })) : worst

const title = 'What it gets wrong'

const withHeading = (drawing: Drawing): Drawing =>
  stacked([drawing], { title: drawing.title, heading: drawing.title })

function page(drawings: readonly Drawing[], { worst, pictures }: Mistakes, summary: string): string {
  const ofWorst =
    `Of ${formatCount(pictures)} pictures the ${worst.length} that the network was most wrong about: ` +
    'what each shows, what it was taken for, and how sure the network was.'
  const leads = drawings.map((drawing, i) => (i === drawings.length - 1 ? ofWorst : drawing.description))
  return htmlPage({
    title,
    main: `<main><h1>${title}</h1><p>${escapeText(summary)}</p>${drawings
      .map((drawing, i) => drawingSection(drawing, leads[i]!, i))
      .join('\n')}</main>`,
  })
}

const drawingSection = (drawing: Drawing, lead: string, i: number): string =>
  sectionHtml({
    id: `mistakes-${i + 1}`,
    heading: drawing.title,
    lead,
    content: figures([drawing]),
  })

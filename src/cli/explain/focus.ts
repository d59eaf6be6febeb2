import { formatPercent } from '../../base/format.js'
import { sizeOf } from '../../base/shape.js'
import type { FocusMethod } from '../../explain/class-map.js'
import { type Focus, focus } from '../../explain/focus.js'
import { picturePixels } from '../../explain/picture-pixels.js'
import { attentionLayer } from '../../train/attention.js'
import { drawFocus, methodName } from '../../viz/focus.js'
import { type Drawing, stacked } from '../../viz/svg/drawing.js'
import type { CliIo } from '../io.js'
import { labelNamed } from '../named-class.js'
import { checkOutput, csvOf, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { openSeenModel, type SeenModel } from './seen-model.js'
import { type SeenPicture, type SeenPictureOptions, seenPictures } from './seen-picture.js'
import { shadeMaps } from './shade-maps.js'

export interface ExplainFocusOptions extends SeenPictureOptions {
  readonly class?: readonly string[]
  readonly layer?: string
  /** Checked by `focus`. */
  readonly method?: FocusMethod
}

/** A picture and where the network looks in it. */
interface SeenFocus {
  readonly picture: SeenPicture
  readonly classes: readonly Focus[]
}

/** Does what `fovea explain focus` is asked for. */
export async function explainFocus(
  path: string,
  pictures: readonly string[],
  options: ExplainFocusOptions,
  io: CliIo,
): Promise<void> {
  const theme = checkTheme(options.theme)
  if (options.output !== undefined) checkOutput(options.output, { csv: true, json: true })
  const seen = await openSeenModel(path, options, io)
  attentionLayer(seen.file.network, options.layer) // refuses where there is nothing to see before anything is loaded
  const found: SeenFocus[] = []
  for (const picture of await seenPictures(pictures, seen, options, io))
    found.push({ picture, classes: await classesIn(picture, seen, options) })
  if (options.output === undefined) io.out(found.map(formatFocus).join('\n\n'))
  else {
    const drawings = found.map(drawingOf)
    await writeOutput(io, options.output, outputOf(found, drawings), theme)
    for (const { description } of drawings) io.out(description)
  }
}

async function classesIn(
  { x }: SeenPicture,
  seen: SeenModel,
  { class: names, layer, method, threads }: ExplainFocusOptions,
): Promise<SeenFocus['classes']> {
  const classNames = classNamesOf(seen)
  return focus(seen.model, x, {
    classNames,
    ...(names && { classes: names.map(name => labelNamed(name, classNames)) }),
    ...(layer !== undefined && { layer }),
    ...(method && { method }),
    ...(threads !== undefined && { threads }),
  })
}

const classNamesOf = ({ file, nameOf }: SeenModel): string[] =>
  Array.from({ length: sizeOf(file.network.outputShape) }, (_, label) => nameOf(label))

const drawingOf = ({ picture: { x, caption }, classes }: SeenFocus): Drawing =>
  drawFocus(picturePixels(x), classes, { caption })

const outputOf = (found: readonly SeenFocus[], drawings: readonly Drawing[]) => ({
  drawing: () =>
    drawings.length === 1 ? drawings[0]! : stacked(drawings, { title: 'Where the network looks' }),
  csv: () => csvOf(csvTitles, found.flatMap(csvRows)),
  json: () =>
    found.map(({ picture, classes }) => ({ picture: picture.caption, classes: classes.map(plain) })),
})

/** The picture's name, a sentence for each class, and their maps side by side. */
function formatFocus({ picture, classes }: SeenFocus): string {
  const sentences = classes.map(
    ({ className, probability, half, place }) =>
      `${className} ${formatPercent(probability)}: ${
        half
          ? `half of what speaks for it lies in ${formatPercent(half.share)} of the picture, the peak ${place}`
          : 'nothing speaks for it'
      }`,
  )
  return [
    `${picture.caption} (${methodName(classes[0]!.method)} at ${classes[0]!.layer})`,
    ...sentences,
    '',
    shadeMaps(classes),
  ].join('\n')
}

const csvTitles = [
  'picture',
  'class',
  'probability',
  'score',
  'layer',
  'method',
  'halfShare',
  'peakX',
  'peakY',
]

const csvRows = ({ picture, classes }: SeenFocus): (string | number)[][] =>
  classes.map(({ className, probability, score, layer, method, half, peak }) => [
    picture.caption,
    className,
    probability,
    score,
    layer,
    method,
    half?.share ?? '',
    peak?.x ?? '',
    peak?.y ?? '',
  ])

/** Typed arrays would be written as objects. */
const plain = ({ map, enlarged: _, ...rest }: Focus) => ({
  ...rest,
  map: { ...map, values: [...map.values] },
})

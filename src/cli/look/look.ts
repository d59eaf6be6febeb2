import { extname } from 'node:path'
import { OptionError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import type { Terminal } from '../../base/platform.js'
import { listPictures } from '../../node/folder/list-pictures.js'
import type { PictureFolder } from '../../node/folder-data/read-folder.js'
import type { FolderLook } from '../../node/folder-look/folder-look.js'
import { lookAtFolder } from '../../node/folder-look/look-at-folder.js'
import type { StoreProgress } from '../../node/picture-store/bring-in.js'
import { drawingKinds } from '../../node/save-drawing.js'
import type { Theme } from '../../viz/svg/theme.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { labelNamed } from '../named-class.js'
import { checkOutput, type Output, writeOutput } from '../output.js'
import { checkPlace, refuseData } from '../source/data-source.js'
import { loadFolder } from '../source/load-folder.js'
import { checkTheme } from '../theme.js'
import { type Advice, adviceOn } from './advice.js'
import { type ChosenReading, chooseReading } from './choose-reading.js'
import { fileTable } from './file-table.js'
import { formatLook, headline } from './format-look.js'
import { drawSheet } from './sheet.js'

export interface LookOptions {
  readonly data?: string
  readonly output?: string
  readonly theme?: Theme
  /** The class that a drawing shows. */
  readonly class?: string
  readonly all?: boolean
  readonly json?: boolean
}

/** Does what `fovea data` is asked for with pictures of one's own; returns the exit code. */
export async function look(place: string, options: LookOptions, io: CliIo): Promise<number> {
  const theme = checkOptions(place, options)
  const interruption = listenForInterrupt(io, () => io.err('Stopping. Ctrl-C again quits at once.'))
  const { signal } = interruption
  try {
    const seen = await lookAt(place, options, io, signal)
    await tell(seen, options, theme, io).finally(() => seen.folder.store.close())
    return 0
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    io.err('Stopped. The pictures that were read are kept, so the next time goes on from there.')
    return interruptedExitCode
  } finally {
    interruption.release()
  }
}

function checkOptions(place: string, options: LookOptions): ReturnType<typeof checkTheme> {
  refuseData(options.data, place)
  checkPlace(place)
  const { output } = options
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  if (options.class !== undefined && !drawingKinds.includes(extname(output ?? '').toLowerCase()))
    throw new OptionError(
      `--class ${options.class} says which class is drawn, but nothing is.`,
      `Add a drawing: -o sheet.html, or another name that ends in ${drawingKinds.join(', ')}.`,
    )
  return checkTheme(options.theme)
}

interface Seen {
  readonly folder: PictureFolder
  readonly look: FolderLook
  readonly chosen: ChosenReading | null
  readonly advice: Advice
}

async function lookAt(place: string, options: LookOptions, io: CliIo, signal: AbortSignal): Promise<Seen> {
  const { classNames } = await listPictures(place)
  if (options.class !== undefined) labelNamed(options.class.normalize('NFC'), classNames)
  const { folder: format, chosen } = await chooseReading(place)
  signal.throwIfAborted()
  const terminal = options.json ? null : io.terminal
  const folder = await loadFolder(place, format, io, { terminal, signal })
  try {
    const onProgress = terminal ? comparing(terminal) : undefined
    const found = await lookAtFolder(folder, format.shares, { signal, onProgress }).finally(() =>
      terminal?.write('\r\u001b[K'),
    )
    return { folder, look: found, chosen, advice: adviceOn(found, folder, chosen) }
  } catch (error) {
    await folder.store.close()
    throw error
  }
}

const comparing =
  (terminal: Terminal) =>
  ({ done, total }: StoreProgress): void =>
    terminal.write(`\rComparing pictures: ${formatCount(done)} of ${formatCount(total)}\u001b[K`)

async function tell(
  seen: Seen,
  { output, json, all, class: className }: LookOptions,
  theme: ReturnType<typeof checkTheme>,
  io: CliIo,
): Promise<void> {
  const told = json ? { ...io, out: io.err } : io
  if (output !== undefined) await writeOutput(told, output, outputOf(seen, className), theme)
  if (json) io.out(JSON.stringify(plainData(seen), null, 2))
  else if (output === undefined) io.out(formatLook(seen.look, seen.advice, { all: all === true }))
  else io.out(headline(seen.look))
}

const outputOf = (seen: Seen, className: string | undefined): Output => ({
  drawing: () => drawSheet(seen.folder, seen.look, className),
  csv: () => fileTable(seen.look),
  json: () => plainData(seen),
})

const plainData = ({ look: found, advice, chosen }: Seen) => ({
  ...found,
  advice,
  training: chosen && { ...chosen.folder, recipe: chosen.recipe },
})

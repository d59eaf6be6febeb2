import { dirname, join } from 'node:path'
import { formatCount } from '../../base/format.js'
import type { Dataset } from '../../data/dataset.js'
import { writeAtomically } from '../../node/atomic-file.js'
import { makeFolder } from '../../node/make-folder.js'
import { RunFolder } from '../../node/run-folder.js'
import { lockRun } from '../../node/run-lock.js'
import { comparisonFile, entriesOf } from '../../node/run-paths.js'
import { shellWord } from '../../node/shell-word.js'
import type { Theme } from '../../viz/svg/theme.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { loadData } from '../load-data.js'
import { checkOutput, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { cameToItsEnd } from '../training/came-to-its-end.js'
import { inEpochs } from '../training/describe.js'
import { type PreparedRun, whenItEnds } from '../training/prepare-run.js'
import type { TrainSettings } from '../training/settings.js'
import { trainRun } from '../training/train.js'
import { trainingParts } from '../training/training-parts.js'
import { outputOf } from './comparison.js'
import { type PlanOptions, planRemedies, type RemediesPlan, type Variant, variantNames } from './plan.js'
import { resultOf, resultsText, type VariantResult } from './result.js'

export interface RemediesOptions extends PlanOptions {
  readonly output?: string
  readonly theme?: Theme
}

/** The page of a comparison, in its folder. */
const pageFile = 'remedies.html'

/** Does what `fovea remedies` is asked for; returns the exit code. */
export async function compareRemedies(
  dataset: string | undefined,
  { output, theme: givenTheme, ...options }: RemediesOptions,
  io: CliIo,
): Promise<number> {
  const theme = checkTheme(givenTheme)
  if (output !== undefined) checkOutput(output, { csv: true, json: true })
  const plan = await planRemedies(dataset, options)
  try {
    return await compare(plan, { output, theme }, io)
  } finally {
    await plan.lock.release()
  }
}

async function compare(
  { folder, variants, asked }: RemediesPlan,
  { output, theme }: Pick<Telling, 'output' | 'theme'>,
  io: CliIo,
): Promise<number> {
  const loaded = await load(variants[0]!.settings, folder, io)
  if (!loaded) return interruptedExitCode
  await makeFolder(folder)
  await writeAtomically(join(folder, comparisonFile), `${JSON.stringify(asked, null, 2)}\n`)
  io.out(`${announcement(variants, folder, loaded, asked.options.only)}\n`)
  for (const [place, variant] of variants.entries()) {
    const heading = `${place + 1} of ${variants.length}: ${variant.name}`
    const exitCode = await trainVariant(variant, heading, loaded, io)
    if (exitCode === 0) continue
    io.err(`Go on:  npx fovea remedies --resume ${shellWord(folder)}`)
    return exitCode
  }
  await tellResults(variants, { folder, loaded, output, theme }, io)
  return 0
}

/** The pictures of all trainings; null where Ctrl-C came first. */
async function load(settings: TrainSettings, folder: string, io: CliIo): Promise<Dataset | null> {
  const interruption = listenForInterrupt(io, () => io.err('Stopping; nothing is written.'))
  const { signal } = interruption
  try {
    const loaded = await loadData(settings, io, { runs: dirname(folder), signal })
    return signal.aborted ? null : loaded // what is there at once does not look at the signal
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    return null
  } finally {
    interruption.release()
  }
}

function announcement(
  variants: readonly Variant[],
  folder: string,
  loaded: Dataset,
  only: readonly string[] | undefined,
): string {
  const { settings } = variants[0]!
  const names = variants.map(({ name }) => name)
  const left = only === undefined ? variantNames.filter(name => !names.includes(name)) : []
  const without =
    left.length === 0 ? '' : `, without ${left.join(', ')}: ${settings.model} has no layers for it`
  const { train, validation } = trainingParts(loaded, settings)
  const pictures = train.x.rows + (validation?.x.rows ?? 0)
  return [
    `${settings.model} on ${settings.dataset}, ${formatCount(pictures)} pictures,`,
    `${inEpochs(settings.epochs!)}, ${variants.length} times with the same seed${without}. Runs go to ${folder}`,
  ].join(' ')
}

/** Trains what is left of a run; one that is done is passed over. Returns the exit code. */
async function trainVariant(
  { settings, path }: Variant,
  heading: string,
  loaded: Dataset,
  io: CliIo,
): Promise<number> {
  const lock = await lockRun(path, whenItEnds(`npx fovea remedies --resume ${shellWord(dirname(path))}`))
  const interrupted = await lock.during(() => interruptedAt(path))
  if (interrupted === 'done') {
    await lock.release()
    io.out(`${heading}: done before`)
    return 0
  }
  io.out(io.colors.bold(heading))
  const exitCode = await trainRun({ settings, path, lock, interrupted, sentences: [] }, io, {
    json: false,
    report: false,
    loaded,
  })
  io.out('')
  return exitCode
}

/** Where a run stands; null where there is none yet. */
async function interruptedAt(path: string): Promise<PreparedRun['interrupted'] | 'done'> {
  if ((await entriesOf(path)) === null) return null
  const folder = await RunFolder.open(path)
  const last = (await folder.events()).at(-1)
  if (last?.type === 'end' && cameToItsEnd(last)) return 'done'
  return { folder, checkpoint: await folder.checkpoint() }
}

interface Telling {
  readonly folder: string
  readonly loaded: Dataset
  readonly output: string | undefined
  readonly theme: ReturnType<typeof checkTheme>
}

/** The table, the page in the folder, and the file that was asked for. */
async function tellResults(
  variants: readonly Variant[],
  { folder, loaded, output, theme }: Telling,
  io: CliIo,
): Promise<void> {
  const results: VariantResult[] = []
  for (const variant of variants) results.push(await resultOf(variant, loaded))
  io.out(`${resultsText(results)}\n`)
  const files = outputOf(results)
  await writeOutput(io, join(folder, pageFile), files)
  if (output !== undefined) await writeOutput(io, output, files, theme)
}

import { OptionError } from '../../base/errors.js'
import type { SaveDrawingOptions } from '../../node/save-drawing.js'
import { drawShiftMaps } from '../../viz/shift-map.js'
import type { Drawing } from '../../viz/svg/drawing.js'
import { interruptedExitCode } from '../context.js'
import { listenForInterrupt } from '../interruption.js'
import type { CliIo } from '../io.js'
import { checkOutput, csvOf, writeOutput } from '../output.js'
import { checkTheme } from '../theme.js'
import { describeStudy, formatStudy } from './format-shift.js'
import { studyRun } from './shift-of-run.js'
import type { ExplainShiftOptions } from './shift-options.js'
import { ShiftProgress } from './shift-progress.js'
import { type ShiftStudy, studyNetworks } from './shift-study.js'

/** What is moved before what: null for networks trained on the spot, and for pictures of the data set. */
export interface ShiftSubject {
  readonly run: string | null
  readonly picture: string | null
}

/** Does what `fovea explain shift` is asked for; returns the exit code. */
export async function explainShift(
  { run, picture }: ShiftSubject,
  options: ExplainShiftOptions,
  io: CliIo,
): Promise<number> {
  const theme = checkTheme(options.theme)
  if (options.output !== undefined) checkOutput(options.output, { csv: true, json: true })
  if (run !== null) refuseTraining(run, options)
  const progress = new ShiftProgress(io)
  const interruption = listenForInterrupt(io, () => progress.close())
  const { signal } = interruption
  try {
    const task = { options, io, progress, signal }
    const study = run === null ? await studyNetworks(task) : await studyRun(run, picture, task)
    await tell(study, options, theme, io)
    return 0
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    io.err('Stopped; nothing was written.')
    return interruptedExitCode
  } finally {
    progress.close()
    interruption.release()
  }
}

function refuseTraining(run: string, { seed, epochs }: ExplainShiftOptions): void {
  const given = seed !== undefined ? '--seed' : epochs !== undefined ? '--epochs' : null
  if (given !== null)
    throw new OptionError(
      `explain shift: ${given} belongs to training, but ${run} is trained already.`,
      `Leave ${given} out, or leave the run out to train networks on digits.`,
    )
}

async function tell(
  study: ShiftStudy,
  { output }: ExplainShiftOptions,
  theme: SaveDrawingOptions,
  io: CliIo,
): Promise<void> {
  if (output === undefined) return io.out(formatStudy(study, io.terminal?.columns ?? 80))
  const made = {
    drawing: () => drawingOf(study),
    csv: () => csvOfStudy(study),
    json: () => jsonOf(study),
  }
  await writeOutput(io, output, made, theme)
  io.out(describeStudy(study))
}

const drawingOf = (study: ShiftStudy): Drawing => drawShiftMaps(study, { caption: study.facts })

function csvOfStudy({ networks }: ShiftStudy): string {
  const rows = networks.flatMap(({ title, map }) =>
    map.cells.map(({ dx, dy, probability, recognised, whole }) => [
      title,
      dx,
      dy,
      probability,
      recognised,
      whole,
    ]),
  )
  return csvOf(['network', 'dx', 'dy', 'probability', 'recognised', 'whole'], rows)
}

/** All numbers, but no pixels. */
function jsonOf({ facts, example, networks }: ShiftStudy): unknown {
  const { label, className, dx, dy } = example
  return { facts, example: { label, className, dx, dy }, networks }
}

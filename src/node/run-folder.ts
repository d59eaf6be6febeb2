import { appendFile, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError } from '../base/errors.js'
import { encodeModel, type ModelFile } from '../io/model-file.js'
import type { Checkpoint, TrainingState } from '../train/checkpoint.js'
import type { TrainEvent } from '../train/events.js'
import type { History } from '../train/history.js'
import type { ValidationRows } from '../train/validation-rows.js'
import { temporarySuffix, writeAtomically } from './atomic-file.js'
import { fileError } from './file-errors.js'
import { readJsonFile } from './json-file.js'
import { makeFolder } from './make-folder.js'
import { readModelFile } from './model-files.js'
import { eventsOf, historyOfRun, keptEvents } from './run-history.js'
import { entriesOf, noRunAt, refuseExistingRun, runFiles, validationFolder } from './run-paths.js'
import { shellWord } from './shell-word.js'
import { readTrainingState } from './training-state.js'
import { ValidationFiles } from './validation-files.js'

/** What a checkpoint does not say of the model: everything but its numbers. */
export type ModelDescription = Omit<ModelFile, 'weights' | 'optimizer'>

/**
 * A folder that holds one training run: what it was started with (`config.json`), its events (`history.jsonl`), in
 * `validation/` what each row of the validation part came to, a file an epoch, and up to three whole models:
 *
 * - `last.safetensors`: the last checkpoint, with all that is needed to go on. Its weights are those that training goes on
 *   with; where the optimizer averages them (`useEma`, `lookahead`) the averages are among its slots, `ema/conv2d/kernel`.
 * - `best.safetensors`: the weights of the best epoch as they were measured, so averages where there are some.
 * - `final.safetensors`: what training ended with, or was stopped with, where that is not what it would go on from: averages,
 *   or the best weights that early stopping restored. A run whose process was killed has none.
 */
export class RunFolder {
  private readonly validation: ValidationFiles

  private constructor(readonly path: string) {
    this.validation = new ValidationFiles(join(path, validationFolder))
  }

  /** Makes the folder and its `config.json`. A folder that holds a run already is refused. */
  static async create(path: string, config: unknown): Promise<RunFolder> {
    await refuseExistingRun(path)
    await makeFolder(path).catch(error => {
      throw fileError(path, 'written', error)
    })
    const run = new RunFolder(path)
    await run.writeConfig(config)
    return run
  }

  /** A folder that `create` made. */
  static async open(path: string): Promise<RunFolder> {
    const entries = await entriesOf(path)
    if (entries === null) throw await noRunAt(path)
    if (!entries.includes(runFiles.config))
      throw new FileError(
        `${path}: not a run folder (it has no ${runFiles.config}).`,
        'Give the folder that "fovea train" named, for example runs/cifar10-tutorial-1.',
      )
    return new RunFolder(path)
  }

  file(which: keyof typeof runFiles): string {
    return join(this.path, runFiles[which])
  }

  /** What the run was started with. */
  config(): Promise<unknown> {
    return readJsonFile(this.file('config'))
  }

  /** Replaces what `config` gives. */
  writeConfig(config: unknown): Promise<void> {
    return writeAtomically(this.file('config'), `${JSON.stringify(config, null, 2)}\n`)
  }

  /** Adds one line to the history. The rows of an epoch are written first: no line speaks of a file that is not there. */
  async record(event: TrainEvent): Promise<void> {
    if (event.type === 'epoch' && event.validation) await this.validation.write(event.epoch, event.validation)
    const path = this.file('history')
    await appendFile(path, line(event), { flush: true }).catch(error => {
      throw fileError(path, 'written', error)
    })
  }

  /**
   * The curves so far, with the rows of the validation part where they were kept.
   *
   * @throws FileError when no epoch is finished, or a line is not an event (the last may be torn)
   */
  async history(): Promise<History> {
    const path = this.file('history')
    if (!(await entriesOf(this.path))?.includes(runFiles.history))
      throw noHistory(this.path, 'has no history yet')
    const lines = await readFile(path, 'utf8').catch(error => {
      throw fileError(path, 'read', error)
    })
    const history = historyOfRun(lines, path, await this.validationRows())
    if (history.epoch.length > 0) return history
    throw noHistory(this.path, 'has no finished epoch yet')
  }

  /** What happened in the run so far, over every process that trained it. */
  async events(): Promise<readonly TrainEvent[]> {
    return eventsOf(await readFile(this.file('history'), 'utf8').catch(() => ''))
  }

  /** What each row of the validation part came to, by epoch from 0. Runs of earlier versions have none. */
  validationRows(): Promise<Map<number, ValidationRows>> {
    return this.validation.read()
  }

  /**
   * Keeps a checkpoint. The best weights are written first: a process that ends between the two files goes on from
   * the checkpoint before, and comes to the same best weights again.
   */
  async save(
    checkpoint: Checkpoint,
    why: { readonly best: boolean },
    model: ModelDescription,
  ): Promise<void> {
    const { weights, optimizer, state, bestWeights = weights } = checkpoint
    const file = { ...model, training: { ...model.training, state } }
    if (why.best) await writeAtomically(this.file('best'), encodeModel({ ...file, weights: bestWeights }))
    await writeAtomically(this.file('last'), encodeModel({ ...file, weights, optimizer }))
  }

  /** Keeps what training ended with, where that is not what it would go on from. */
  saveFinal(model: ModelFile): Promise<void> {
    return writeAtomically(this.file('final'), encodeModel(model))
  }

  /** Where training goes on; null when it was interrupted before the first checkpoint and begins anew. */
  async checkpoint(): Promise<Checkpoint | null> {
    if (!(await entriesOf(this.path))?.includes(runFiles.last)) return null
    const { weights, optimizer = new Map(), state } = await this.model('last')
    const best = await this.bestWeights(state)
    return { weights, optimizer, state, ...(best && { bestWeights: best }) }
  }

  /** Cuts the history back to what this state knows (to nothing where there is none), and removes what an interrupted process left half-written. */
  async goBackTo(state: TrainingState | null): Promise<void> {
    const unfinished = (await entriesOf(this.path))?.filter(name => name.endsWith(temporarySuffix)) ?? []
    await Promise.all(unfinished.map(name => rm(join(this.path, name), { force: true })))
    await this.validation.removeFrom(state?.epoch ?? 0)
    await rm(this.file('final'), { force: true })
    const lines = await readFile(this.file('history'), 'utf8').catch(() => '')
    await writeAtomically(this.file('history'), state ? keptEvents(lines, state).map(line).join('') : '')
  }

  /** Removes the run; other files in the folder stay, and then the folder too. */
  async remove(): Promise<void> {
    await this.validation.remove()
    for (const name of Object.values(runFiles)) await rm(join(this.path, name), { force: true })
    await rmdir(this.path).catch(() => undefined)
  }

  /** Null when the file is of another epoch than `state` says: then the same epoch will soon be written again. */
  private async bestWeights(state: TrainingState): Promise<ModelFile['weights'] | null> {
    if (state.best === null) return null
    const best = await this.model('best')
    return best.state.best?.epoch === state.best.epoch ? best.weights : null
  }

  private async model(which: 'last' | 'best'): Promise<ModelFile & { readonly state: TrainingState }> {
    const path = this.file(which)
    const file = await readModelFile(path)
    return { ...file, state: readTrainingState(file.training?.state, path) }
  }
}

const noHistory = (path: string, what: string): FileError =>
  new FileError(
    `${path}: this run ${what}, so there are no curves.`,
    `Train on until an epoch is done: npx fovea train --resume ${shellWord(path)}`,
  )

const line = (event: TrainEvent): string => `${JSON.stringify(event)}\n`

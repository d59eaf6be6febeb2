import type { TrainingNotes } from '../../classify/training-notes.js'
import { type ModelDescription, RunFolder } from '../../node/run-folder.js'
import type { Callback } from '../../train/callbacks/callback.js'
import type { Checkpoint, CheckpointPolicy, Tensors } from '../../train/checkpoint.js'
import type { BeginEvent, EndEvent, EpochEvent } from '../../train/events.js'
import { sameNumbers } from '../../train/same-numbers.js'
import type { PreparedRun } from './prepare-run.js'

/** What all model files of a run say alike. */
type Described = Omit<ModelDescription, 'training'> & { readonly training: TrainingNotes }

/** Keeps a run in its folder while it trains: events in the history, checkpoints as model files. */
export class RunRecorder implements Callback {
  private folder: RunFolder | null = null
  /** The last checkpoint of this process. */
  private last: Pick<Checkpoint, 'weights' | 'state'> | null = null

  constructor(
    private readonly run: PreparedRun,
    private readonly model: Described,
  ) {}

  /** By now everything that can be checked has been: a run that cannot begin leaves no folder and changes none. */
  async onTrainBegin(event: BeginEvent): Promise<void> {
    this.folder = await this.openFolder()
    await this.folder.record(event)
  }

  /** Before the checkpoint, which must not know of an epoch that the history does not. */
  async onEpochEnd(event: EpochEvent): Promise<void> {
    await this.folder?.record(event)
  }

  /**
   * Training failed. A new run without a checkpoint holds nothing to go on with, and would only block its name.
   *
   * @param end when training diverged: it is kept beside what was saved, for whoever looks at the curves
   */
  async fail(end: EndEvent | undefined): Promise<void> {
    const { interrupted } = this.run
    if (!interrupted && !this.last) await this.folder?.remove()
    else if (end && (this.last || interrupted?.checkpoint)) await this.folder?.record(end)
  }

  /** Keeps the weights where training ended with others than those of its last checkpoint. */
  async keepFinal(weights: Tensors): Promise<void> {
    if (!this.last || sameTensors(this.last.weights, weights)) return
    const training = { ...this.model.training, state: this.last.state }
    await this.folder?.saveFinal({ ...this.model, training, weights })
  }

  /** The last line, with what came of the test. */
  async record(event: EndEvent): Promise<void> {
    await this.folder?.record(event)
  }

  get policy(): CheckpointPolicy {
    const { checkpointEvery } = this.run.settings
    return {
      ...(checkpointEvery !== null && { everySeconds: checkpointEvery }),
      save: async (checkpoint, why) => {
        await this.folder?.save(checkpoint, why, this.model)
        this.last = { weights: checkpoint.weights, state: checkpoint.state }
      },
    }
  }

  private async openFolder(): Promise<RunFolder> {
    const { path, settings, interrupted } = this.run
    if (!interrupted) return RunFolder.create(path, settings)
    await interrupted.folder.goBackTo(interrupted.checkpoint?.state ?? null)
    await interrupted.folder.writeConfig(settings)
    return interrupted.folder
  }
}

const sameTensors = (some: Tensors, others: Tensors): boolean =>
  [...some].every(([name, { data }]) => sameNumbers(data, others.get(name)!.data))

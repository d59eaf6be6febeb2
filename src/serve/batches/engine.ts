import { OptionError } from '../../base/errors.js'
import { Tensor } from '../../base/tensor.js'
import type { Classifier } from '../../classify/classifier.js'
import type { Prediction } from '../../classify/prediction.js'
import type { Focus } from '../../explain/focus.js'
import { Batcher } from './batcher.js'
import { largestBatch } from './largest-batch.js'
import { Turns } from './turns.js'

/** Hears of every batch that was computed. */
export type OnBatch = (pictures: number, seconds: number) => void

/** The network behind the service: it is asked for one thing at a time, and for pictures in batches. */
export class Engine {
  private readonly turns = new Turns()
  private readonly batcher: Batcher<Tensor<Uint8Array>, Prediction>

  private constructor(
    private readonly classifier: Classifier<never>,
    /** Pictures of a batch at most. */
    readonly mostPictures: number,
    /** Why the network cannot say where it looks; null where it can. */
    readonly withoutFocus: OptionError | null,
    onBatch: OnBatch,
  ) {
    this.batcher = new Batcher(mostPictures, pictures => this.turns.take(() => this.timed(pictures, onBatch)))
  }

  /** Tries the network, so that what it cannot do is known before anybody asks. */
  static async start(classifier: Classifier<never>, onBatch: OnBatch): Promise<Engine> {
    const most = await largestBatch(classifier)
    return new Engine(classifier, most, await refusalOfFocus(classifier), onBatch)
  }

  /** Pictures that wait for a batch. */
  get waiting(): number {
    return this.batcher.waiting
  }

  /** What a picture of the network's size shows. */
  classify(picture: Tensor<Uint8Array>, signal: AbortSignal): Promise<Prediction> {
    return this.batcher.ask(picture, signal)
  }

  /** Where the network looks in it for one class. */
  async focus(picture: Tensor<Uint8Array>, className: string, signal: AbortSignal): Promise<Focus> {
    const label = this.classifier.classNames.indexOf(className)
    const [focus] = await this.turns.take(() => {
      signal.throwIfAborted()
      return this.classifier.focus(picture, { classes: [label] })
    })
    return focus!
  }

  private async timed(pictures: readonly Tensor<Uint8Array>[], onBatch: OnBatch): Promise<Prediction[]> {
    const start = performance.now()
    const predictions = await this.classifier.classify(pictures)
    onBatch(pictures.length, (performance.now() - start) / 1000)
    return predictions
  }
}

async function refusalOfFocus(classifier: Classifier<never>): Promise<OptionError | null> {
  const [height, width, channels] = classifier.inputShape
  try {
    await classifier.focus(new Tensor(new Uint8Array(height * width * channels), [height, width, channels]), {
      classes: [0],
    })
    return null
  } catch (error) {
    if (error instanceof OptionError) return error
    throw error
  }
}

import type { Classifier } from '../../classify/classifier.js'
import { PictureError } from '../../node/pictures/picture-error.js'
import type { Engine } from '../batches/engine.js'
import { errorAnswer } from '../errors.js'
import { focusAnswer } from '../focus/focus-answer.js'
import type { Metrics } from '../metrics.js'
import type { PictureReader, ReadPicture } from '../pictures/picture-reader.js'
import type { Upload } from '../pictures/uploads.js'
import type { PictureAnswer } from './answers.js'

/** What is asked about pictures. */
export interface Question {
  /** Classes to be named for each; all there are at most. */
  readonly top: number
  readonly focus: boolean
}

/** Takes one picture from its bytes to its answer. */
export class PictureDesk {
  constructor(
    private readonly classifier: Classifier<Uint8Array>,
    private readonly reader: PictureReader,
    private readonly engine: Engine,
    private readonly metrics: Metrics,
  ) {}

  /** @throws PictureError for what is no picture; it is counted like every other outcome */
  async answer({ name, bytes }: Upload, question: Question, signal: AbortSignal): Promise<PictureAnswer> {
    try {
      const read = await this.reader.read(bytes, name, signal)
      const answer = await this.ask(name, read, question, signal)
      this.metrics.picture('answered')
      return answer
    } catch (error) {
      this.metrics.picture(error instanceof PictureError ? errorAnswer(error).error.code : 'failed')
      throw error
    }
  }

  private async ask(
    name: string,
    { picture, header }: ReadPicture,
    { top, focus }: Question,
    signal: AbortSignal,
  ): Promise<PictureAnswer> {
    const { answers, sure } = await this.engine.classify(picture, signal)
    const answer = { name, answers: answers.slice(0, top), sure }
    if (!focus) return answer
    const looked = await this.engine.focus(picture, answers[0]!.className, signal)
    return { ...answer, focus: focusAnswer(looked, this.classifier.fit, header) }
  }
}

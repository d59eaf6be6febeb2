import type { FastifyInstance } from 'fastify'
import type { Classifier } from '../../classify/classifier.js'
import { type TestFacts, type TrainingFacts, trainingFacts } from '../../classify/training-facts.js'
import type { ModelAnswer, TrainingAnswer } from './answers.js'
import { modelSchema } from './model-schema.js'

/** `GET /v1/model`: what is asked here. */
export function addModel(
  app: FastifyInstance,
  name: string,
  classifier: Classifier<never>,
  focus: boolean,
): void {
  const { classNames, inputShape, fit, file } = classifier
  const facts = trainingFacts(file.training)
  const answer: ModelAnswer = {
    name,
    classNames,
    inputShape,
    fit,
    parameters: [...file.weights.values()].reduce((sum, { data }) => sum + data.length, 0),
    calibration: file.calibration ?? null,
    training: facts && trainingAnswer(facts),
    focus,
  }
  app.get<{ Reply: ModelAnswer }>('/v1/model', { schema: modelSchema }, async () => answer)
}

const trainingAnswer = ({ dataset, epochs, pictures, last, test }: TrainingFacts): TrainingAnswer => ({
  dataset,
  epochs,
  pictures,
  last,
  test: test && testAnswer(test),
})

/** Without what averaging would give: here each picture is looked at once. */
const testAnswer = ({ accuracy, pictures, standardError }: TestFacts): TrainingAnswer['test'] => ({
  accuracy,
  pictures,
  standardError,
})

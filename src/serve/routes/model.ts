import type { FastifyInstance } from 'fastify'
import type { Classifier } from '../../classify/classifier.js'
import { trainingSummary } from '../training-summary.js'
import { errorsOf } from './schemas.js'

/** `GET /v1/model`: what is asked here. */
export function addModel(
  app: FastifyInstance,
  name: string,
  classifier: Classifier<never>,
  focus: boolean,
): void {
  const { classNames, inputShape, fit, file } = classifier
  const answer = {
    name,
    classNames,
    inputShape,
    fit,
    parameters: [...file.weights.values()].reduce((sum, { data }) => sum + data.length, 0),
    calibration: file.calibration ?? null,
    training: trainingSummary(file.training),
    focus,
  }
  app.get('/v1/model', { schema }, async () => answer)
}

const plain = { type: 'object', nullable: true, additionalProperties: true }

const schema = {
  operationId: 'model',
  summary: 'The model: its classes, what it takes, how it was trained',
  response: {
    200: {
      description: 'The model.',
      type: 'object',
      additionalProperties: false,
      required: ['name', 'classNames', 'inputShape', 'fit', 'parameters', 'calibration', 'training', 'focus'],
      properties: {
        name: { type: 'string' },
        classNames: { type: 'array', items: { type: 'string' } },
        inputShape: {
          type: 'array',
          items: { type: 'integer' },
          description: 'height, width, channels (1: grey, 3: colour) that pictures are brought to',
        },
        fit: {
          type: 'string',
          enum: ['crop', 'pad', 'stretch'],
          description: 'what becomes of pictures of other proportions',
        },
        parameters: { type: 'integer', description: 'numbers in all weights' },
        calibration: { ...plain, description: 'null: probabilities are as the network gives them' },
        training: { ...plain, description: 'null where the file does not say' },
        focus: { type: 'boolean', description: 'whether it can say where it looks' },
      },
    },
    ...errorsOf(401, 421, 429),
  },
}

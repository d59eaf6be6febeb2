import { errorsOf } from './schemas.js'

const share = { type: 'number', minimum: 0, maximum: 1 }
const count = { type: 'integer', minimum: 0, nullable: true }

const test = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  required: ['accuracy', 'pictures', 'standardError'],
  properties: {
    accuracy: { ...share, description: 'the share of the test pictures that was recognised' },
    pictures: { ...count, description: 'test pictures; null where the file does not say' },
    standardError: {
      ...share,
      nullable: true,
      description:
        'how far the accuracy would typically move on other test pictures, √(p (1 - p) / n); null where their number is not known',
    },
  },
  description: 'on pictures that training has not seen; null where these weights were not measured',
}

const training = {
  type: 'object',
  nullable: true,
  additionalProperties: false,
  required: ['dataset', 'epochs', 'pictures', 'last', 'test'],
  properties: {
    dataset: { type: 'string', nullable: true, description: 'what the data set is called' },
    epochs: { ...count, description: 'epochs that were finished' },
    pictures: { ...count, description: 'that weights were learned from' },
    last: {
      type: 'object',
      additionalProperties: { type: 'number' },
      description: 'the last value of each curve: loss, accuracy, val_loss, val_accuracy, …',
    },
    test,
  },
  description: 'null where the file does not say',
}

const properties = {
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
  calibration: {
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'null: probabilities are as the network gives them',
  },
  training,
  focus: { type: 'boolean', description: 'whether it can say where it looks' },
}

export const modelSchema = {
  operationId: 'model',
  summary: 'The model: its classes, what it takes, how it was trained and what it reaches',
  response: {
    200: {
      description: 'The model.',
      type: 'object',
      additionalProperties: false,
      required: Object.keys(properties),
      properties,
    },
    ...errorsOf(401, 421, 429),
  },
}

import type { RouteShorthandOptions } from 'fastify'
import { answerSchemas, errorsOf, focusSchema, refusalSchema } from './schemas.js'

const query = {
  type: 'object',
  properties: {
    top: { type: 'integer', minimum: 1, default: 3, description: 'classes named for each picture' },
    focus: {
      type: 'string',
      enum: ['0', '1'],
      default: '0',
      description: '1: where the network looked, too',
    },
  },
}

const prediction = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'answers', 'sure'],
  properties: {
    name: { type: 'string', description: "the file's name in the form" },
    answers: { type: 'array', items: answerSchemas.answer, description: 'the likeliest first' },
    sure: {
      type: 'boolean',
      nullable: true,
      description: 'whether the first answer can be relied on; null where the model was not calibrated',
    },
    focus: focusSchema,
  },
}

const entries = { type: 'array', items: { anyOf: [prediction, refusalSchema] } }

const answered = {
  description: 'What the pictures show, in their order. Of several, some may have an error in their place.',
  type: 'object',
  additionalProperties: false,
  required: ['model', 'predictions'],
  properties: { model: { type: 'string' }, predictions: entries },
}

/** Bytes that no schema is held against: documentation only. */
const body = {
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } },
      },
    },
    'image/*': { schema: { type: 'string', format: 'binary' } },
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  },
}

export const predictSchema: RouteShorthandOptions = {
  schema: {
    operationId: 'predict',
    summary: 'What pictures show',
    description:
      'Takes one picture as the body, or one or several files of a form under any field names: PNG, JPEG, WebP, GIF, BMP, AVIF or TIFF of any size. A form is answered with 200 where one of its pictures at least could be used.',
    querystring: query,
    response: {
      200: answered,
      ...errorsOf(400, 401, 403, 421, 429, 500, 503),
      ...errorsOf(413, 415, 422, { predictions: entries }),
    },
  },
  config: { swaggerTransform: ({ schema, url }) => ({ schema: { ...schema, body }, url }) },
}

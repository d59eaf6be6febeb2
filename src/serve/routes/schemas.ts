// What answers look like, for /openapi.json. No answer is shaped by them; a test holds the two against each other.

const answer = {
  type: 'object',
  additionalProperties: false,
  required: ['className', 'probability'],
  properties: {
    className: { type: 'string' },
    probability: { type: 'number', minimum: 0, maximum: 1, description: 'calibrated, where the model is' },
  },
}

const note = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: 'for programs: bodyTooLarge, notAPicture, busy, …' },
    message: { type: 'string' },
    advice: { type: 'string', description: 'what to do' },
  },
}

export const answerSchemas = { answer, note }

export const refusalSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'error'],
  properties: { name: { type: 'string' }, error: note },
}

const share = { type: 'number', minimum: 0, maximum: 1 }

const rectangle = {
  type: 'object',
  additionalProperties: false,
  required: ['x', 'y', 'width', 'height'],
  properties: {
    x: { type: 'number' },
    y: { type: 'number' },
    width: { type: 'number' },
    height: { type: 'number' },
  },
}

export const focusSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['className', 'layer', 'method', 'place', 'peak', 'halfShare', 'region', 'svg'],
  properties: {
    className: { type: 'string' },
    layer: { type: 'string' },
    method: { type: 'string' },
    place: {
      type: 'string',
      nullable: true,
      description: 'the peak in words; null: nothing speaks for the class',
    },
    peak: {
      type: 'object',
      nullable: true,
      additionalProperties: false,
      required: ['x', 'y'],
      properties: { x: share, y: share },
    },
    halfShare: {
      ...share,
      nullable: true,
      description: 'of the region, holds half of what speaks for the class',
    },
    region: {
      ...rectangle,
      description: 'what the network saw, in shares of the picture; margins lie outside of 0 … 1',
    },
    svg: { type: 'string', description: 'a drawing to lay over the region' },
  },
}

const meanings: Readonly<Record<number, string>> = {
  400: 'The request cannot be read, or asks for what there is not.',
  401: 'The API key is missing or wrong.',
  403: 'A page of another site asked.',
  413: 'Too many bytes, files or pixels.',
  415: 'The Content-Type cannot hold a picture.',
  421: 'The service was called by a name it does not have.',
  422: 'Not a picture, or a broken one.',
  429: 'Too many requests; Retry-After says how long to wait.',
  500: 'Something went wrong inside.',
  503: 'Busy, stopping, or too slow; Retry-After says how long to wait.',
}

/** The answers of these statuses: an error each, and what the last argument has beside it. */
export function errorsOf(...statuses: readonly (number | Readonly<Record<string, object>>)[]): object {
  const beside = statuses.find(value => typeof value === 'object') ?? {}
  const schema = (description: string | undefined) => ({
    description,
    type: 'object',
    additionalProperties: false,
    required: ['error'],
    properties: { error: note, ...beside },
  })
  return Object.fromEntries(
    statuses.filter(value => typeof value === 'number').map(status => [status, schema(meanings[status])]),
  )
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { PictureError } from '../../node/pictures/picture-error.js'
import { Deadline } from '../deadline.js'
import { errorAnswer } from '../errors.js'
import { howToSend, type Upload, type UploadLimits, uploadsOf } from '../pictures/uploads.js'
import { ServeError } from '../serve-error.js'
import { isRefusal, type PictureEntry, type PredictAnswer, type RefusedAnswer } from './answers.js'
import type { PictureDesk, Question } from './picture-desk.js'
import { predictSchema } from './predict-schema.js'

export interface PredictSetup {
  /** What the model is called. */
  readonly model: string
  readonly desk: PictureDesk
  readonly limits: UploadLimits
  /** Seconds that a request has. */
  readonly timeout: number
  /** Why there is no focus; null where there is. */
  readonly withoutFocus: { readonly problem: string } | null
}

interface Query {
  readonly top: number
  readonly focus: '0' | '1'
}

type PredictRequest = FastifyRequest<{ Querystring: Query }>

/** `POST /v1/predict`: what pictures show. */
export function addPredict(app: FastifyInstance, setup: PredictSetup): void {
  app.post<{ Querystring: Query }>('/v1/predict', predictSchema, async (request, reply) => {
    const deadline = new Deadline(reply.raw, setup.timeout)
    try {
      const entries = await deadline.meet(entriesFor(request, setup, deadline.signal))
      return answerOf(entries, setup.model, reply)
    } finally {
      if (!request.raw.readableEnded) request.raw.unpipe().resume() // so that the client, still sending, comes to read
    }
  })
}

/** All pictures of a request are under way at the same time, from when each has arrived. */
async function entriesFor(
  request: PredictRequest,
  { desk, limits, withoutFocus }: PredictSetup,
  signal: AbortSignal,
): Promise<PictureEntry[]> {
  const { top, focus } = request.query
  const question = { top, focus: focus === '1' }
  if (question.focus && withoutFocus) throw new ServeError(400, 'noFocus', withoutFocus.problem)
  const entries: Promise<PictureEntry>[] = []
  for await (const upload of uploadsOf(request, limits, signal)) {
    request.pictures++
    const entry = entryFor(upload, desk, question, signal).finally(upload.release)
    entry.catch(() => undefined) // if the next upload is refused, nobody waits for this one
    entries.push(entry)
  }
  return Promise.all(entries)
}

/** A picture that cannot be used is an entry like another; everything else ends the request. */
async function entryFor(
  upload: Upload,
  desk: PictureDesk,
  question: Question,
  signal: AbortSignal,
): Promise<PictureEntry> {
  try {
    return await desk.answer(upload, question, signal)
  } catch (error) {
    if (error instanceof PictureError) return { name: upload.name, error: errorAnswer(error).error }
    throw error
  }
}

/** 200 where one picture at least could be used. */
function answerOf(
  entries: readonly PictureEntry[],
  model: string,
  reply: FastifyReply,
): PredictAnswer | RefusedAnswer {
  if (entries.length === 0) throw new ServeError(400, 'noPicture', 'No picture came.', howToSend)
  if (!entries.every(isRefusal)) return { model, predictions: entries }
  const [{ error }] = entries as [(typeof entries)[number]]
  reply.code(entries.every(({ error: { code } }) => code === 'tooManyPixels') ? 413 : 422)
  return entries.length === 1 ? { error } : { error: noneUsable(entries.length), predictions: entries }
}

const noneUsable = (count: number) => ({
  code: 'noUsablePicture',
  message: `None of the ${count} pictures can be used; each of "predictions" says why.`,
})

import { scriptOf } from '../../base/script-text.js'
import type { ModelAnswer, PredictAnswer, RefusedAnswer } from '../routes/answers.js'

// How the page asks its service. It is sent to the page as text and stands alone.

/** What came back: the answer, or why there is none. */
export interface Reply<Answer> {
  readonly status: number
  readonly body: Answer | RefusedAnswer
}

export interface PageService {
  /** Sent with every request once the reader has given it. */
  key: string
  model(): Promise<Reply<ModelAnswer>>
  predict(picture: Blob, focus: boolean): Promise<Reply<PredictAnswer>>
}

export function connect(): PageService {
  const service: PageService = {
    key: '',
    model: () => askService(service, 'v1/model', {}),
    predict: (picture, focus) =>
      askService(service, `v1/predict?top=5&focus=${focus ? 1 : 0}`, {
        method: 'POST',
        body: picture,
        headers: { 'Content-Type': typeOf(picture) },
      }),
  }
  return service
}

export async function askService<Answer>(
  { key }: PageService,
  address: string,
  request: RequestInit,
): Promise<Reply<Answer>> {
  const headers = { ...request.headers, ...(key !== '' && { 'X-API-Key': key }) }
  try {
    const response = await fetch(address, { ...request, headers })
    const body = (await response.json()) as Answer | RefusedAnswer
    return { status: response.status, body }
  } catch {
    const [code, message] = ['unreachable', 'The service cannot be reached.']
    return { status: 0, body: { error: { code, message, advice: 'See whether it is still running.' } } }
  }
}

/** The service looks at the bytes itself, so whatever is not named a picture is sent as bytes. */
export function typeOf({ type }: Blob): string {
  return type.startsWith('image/') ? type : 'application/octet-stream'
}

export const askScript = (): string => scriptOf(connect, askService, typeOf)

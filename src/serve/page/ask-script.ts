import { scriptOf } from '../../base/script-text.js'

// How the page asks its service. It is sent to the page as text and stands alone.

/** What came back: the body, whatever the status. */
export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: JSON, whose parts are shown as they are
  readonly body: any
}

export interface PageService {
  /** Sent with every request once the reader has given it. */
  key: string
  model(): Promise<Reply>
  predict(picture: Blob, focus: boolean): Promise<Reply>
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

export async function askService(
  { key }: PageService,
  address: string,
  request: RequestInit,
): Promise<Reply> {
  const headers = { ...request.headers, ...(key !== '' && { 'X-API-Key': key }) }
  try {
    const response = await fetch(address, { ...request, headers })
    return { status: response.status, body: await response.json() }
  } catch {
    const message = 'The service cannot be reached.'
    return { status: 0, body: { error: { message, advice: 'See whether it is still running.' } } }
  }
}

/** The service looks at the bytes itself, so whatever is not named a picture is sent as bytes. */
export function typeOf({ type }: Blob): string {
  return type.startsWith('image/') ? type : 'application/octet-stream'
}

export const askScript = (): string => scriptOf(connect, askService, typeOf)

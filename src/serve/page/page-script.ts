import { scriptOf } from '../../base/script-text.js'
import { askScript, type PageService, type Reply } from './ask-script.js'
import { chooseScript } from './choose-script.js'
import { type Screen, showScript } from './show-script.js'

// What the page does, from its parts. It is sent to the page as text and stands alone.

export interface PageTools {
  readonly connect: () => PageService
  readonly openScreen: () => Screen
  readonly listenForPictures: (take: (picture: File) => void) => void
}

/** Brings the page to life. */
export function startPage({ connect, openScreen, listenForPictures }: PageTools): void {
  const service = connect()
  const screen = openScreen()
  /** Whether the service says where the network looked; null where it has not told yet. */
  let focus: boolean | null = null
  /** The service is being asked what it is; a picture waits for that. */
  let asking = false
  /** The picture that was asked about last: its answer is shown, and no other's. */
  let current: File | null = null

  /** Asks; where the key is missing or wrong the reader is asked for it, and then the service again. */
  const withKey = <Answer>(ask: () => Promise<Reply<Answer>>, show: (reply: Reply<Answer>) => void): void =>
    void ask().then(reply => {
      if (reply.status !== 401) return show(reply)
      screen.askKey(service.key !== '', key => {
        service.key = key
        start()
      })
    })
  const look = (picture: File) =>
    withKey(
      () => service.predict(picture, focus !== false),
      ({ body }) => {
        if (picture !== current) return
        const entry = 'error' in body ? body : body.predictions[0]! // one picture was sent
        if ('error' in entry) screen.problem(entry.error)
        else screen.answer(entry)
      },
    )
  const start = () => {
    asking = true
    withKey(service.model, ({ body }) => {
      asking = false
      if ('error' in body) return screen.problem(body.error)
      screen.model(body)
      focus = body.focus
      if (current !== null) look(current)
    })
  }
  listenForPictures(picture => {
    current = picture
    screen.picture(picture)
    if (asking) return
    if (focus === null) start()
    else look(picture)
  })
  start()
}

export const pageScript = (): string =>
  `${scriptOf(startPage)}({ connect: ${askScript()}, openScreen: ${showScript()}, listenForPictures: ${chooseScript()} })`.replaceAll(
    '</script',
    '<\\/script',
  )

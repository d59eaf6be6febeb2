import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Question } from './questions.js'
import type { ServerProcess } from './server-process.js'

export interface StopResult {
  /** Requests answered before the signal, and from then on. */
  readonly before: number
  readonly after: number
  /** Requests on an open connection that got no answer, by what became of them: there should be none. */
  readonly lost: Readonly<Record<string, number>>
  /** Answers with another status than the question deserves. */
  readonly wrong: Readonly<Record<string, number>>
  readonly exitCode: number | null
  /** From the signal to the end of the process. */
  readonly seconds: number
}

/**
 * Sends SIGTERM while many clients ask. A client goes on until no new connection is accepted; what it asked over a connection it
 * had must have been answered.
 */
export async function stopUnderLoad(
  server: ServerProcess,
  questions: readonly Question[],
  connections: number,
): Promise<StopResult> {
  const tally = {
    before: 0,
    after: 0,
    lost: {} as Record<string, number>,
    wrong: {} as Record<string, number>,
  }
  let stopping = false
  const client = async (first: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let i = first; ; i++) {
      const question = questions[i % questions.length]!
      const { status, error } = await ask(server.url, question, agent)
      if (error === 'ECONNREFUSED') break
      if (error !== undefined) count(tally.lost, error)
      else {
        tally[stopping ? 'after' : 'before']++
        if (status !== question.expected) count(tally.wrong, `${status} for ${question.expected}`)
      }
    }
    agent.destroy()
  }
  const clients = Array.from({ length: connections }, (_, i) => client(i))
  await new Promise(resolve => setTimeout(resolve, 3000))
  stopping = true
  const start = performance.now()
  server.stop()
  await Promise.all(clients)
  return { ...tally, exitCode: await server.exitCode, seconds: (performance.now() - start) / 1000 }
}

const count = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

async function ask(
  url: string,
  { method, path, headers, body }: Question,
  agent: Agent,
): Promise<{ readonly status?: number; readonly error?: string }> {
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = { 'content-length': body.length }
      const sent = request(`${url}${path}`, { method, headers: { ...headers, ...length }, agent }, resolve)
      sent.on('error', reject)
      sent.end(body)
    })
    await text(answer)
    return { status: answer.statusCode! }
  } catch (error) {
    return { error: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

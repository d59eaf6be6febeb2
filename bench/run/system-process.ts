import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { FoveaError } from '../../src/base/errors.js'
import type { Hello, ServerMessage, WindowAnswer, WindowRequest } from '../protocol.js'
import type { Command } from '../systems/system.js'

const seconds = (): number => performance.now() / 1000

/** All that were started: a process that is stopped does not notice that its parent is gone. */
const children = new Set<ChildProcessWithoutNullStreams>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

/**
 * A system that runs, in a process of its own. It is stopped while it is not asked for anything: threads of some would
 * else go on spinning for work in the time of others. (Windows cannot stop processes.)
 */
export class SystemProcess {
  /** Seconds from the start of the process to the end of the first window it was asked for, idle time between left out. */
  firstWindow: number | null = null
  /** The most memory it was seen to have held. */
  peakBytes = 0
  private readonly child: ChildProcessWithoutNullStreams
  private readonly messages: AsyncIterator<string>
  private lastWords = ''
  private untilHello = 0

  private constructor(
    private readonly title: string,
    { file, arguments: list, environment }: Command,
  ) {
    this.child = spawn(file, list, { env: { ...process.env, ...environment } })
    children.add(this.child)
    this.child.on('error', error => {
      this.lastWords += error.message
    })
    // Who has died is noticed when it does not answer.
    this.child.stdin.on('error', () => undefined)
    this.child.stderr.on('data', (text: Buffer) => {
      this.lastWords = (this.lastWords + text.toString()).slice(-2000)
    })
    this.messages = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()
  }

  static async start(title: string, command: Command): Promise<{ process: SystemProcess; hello: Hello }> {
    const began = seconds()
    const process = new SystemProcess(title, command)
    const hello = (await process.next()) as Hello
    process.untilHello = seconds() - began
    process.signal('SIGSTOP')
    return { process, hello }
  }

  /** Throws when it cannot do this; it can then still be asked for something else. */
  async measure(request: WindowRequest): Promise<WindowAnswer> {
    this.signal('SIGCONT')
    const asked = seconds()
    this.child.stdin.write(`${JSON.stringify(request)}\n`)
    const message = await this.next()
    this.signal('SIGSTOP')
    if (message.type === 'refusal') throw new Error(message.reason)
    const answer = message as WindowAnswer
    this.firstWindow ??= this.untilHello + seconds() - asked
    this.peakBytes = answer.peakBytes
    return answer
  }

  /** Ends it: nothing is lost with it. */
  end(): void {
    this.child.kill('SIGKILL')
    children.delete(this.child)
  }

  private signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (process.platform !== 'win32') this.child.kill(signal)
  }

  private async next(): Promise<ServerMessage> {
    const { value, done } = await this.messages.next()
    if (!done) return JSON.parse(value) as ServerMessage
    const problem = `${this.title}: its process ended before it answered.`
    throw new FoveaError(problem, `Its last words were: ${this.lastWords.trim() || '(none)'}`)
  }
}

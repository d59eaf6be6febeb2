import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../root.js'

/** `fovea serve` as a process of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly exitCode: Promise<number | null>,
  ) {}

  /** Starts it at any free port and waits until it says where. */
  static async start(model: string, options: readonly string[]): Promise<ServerProcess> {
    const words = [join(root, 'bin/fovea.mjs'), 'serve', model, '--port', '0', '--log', 'error', ...options]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
    const exitCode = new Promise<number | null>(resolve => child.once('exit', resolve))
    const url = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.stdout!.on('data', text => {
        said += text
        const found = /http:\/\/[\d.]+:\d+/.exec(said)
        if (found) resolve(found[0])
      })
      child.once('exit', code => reject(new Error(`fovea serve ended with ${code} before it listened`)))
    })
    return new ServerProcess(child, url, exitCode)
  }

  stop(): void {
    this.child.kill('SIGTERM')
  }

  /** A number of its metrics; 0 where it has not been counted yet. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text()
    const line = text.split('\n').find(line => line.startsWith(`${name} `))
    return line === undefined ? 0 : Number(line.slice(name.length + 1))
  }
}

/**
 * What a worker runs, as text: it needs no file of its own, so no bundler can lose it, and the same text serves Node
 * (`eval: true`) and browsers (a blob). It keeps the programs it was sent and runs them when told; first of all
 * it says that it is there.
 */
export const workerSource = `
'use strict'
const inNode = typeof require === 'function'
const port = inNode ? require('node:worker_threads').parentPort : self
const programs = new Map()

function receive(message) {
  switch (message.kind) {
    case 'load':
      programs.set(message.program, new WebAssembly.Instance(message.module, { env: { memory: message.memory } }))
      break
    case 'drop':
      for (const program of message.programs) programs.delete(program)
      break
    case 'run': {
      const { run, program, thread, threads, scratch, timed } = message
      try {
        const code = programs.get(program).exports.run
        const times = timed.map(([first, last]) => {
          const start = performance.now()
          code(first, last, thread, threads, scratch)
          return performance.now() - start
        })
        if (timed.length === 0) code(0, 0x7fffffff, thread, threads, scratch)
        if (thread === 0) port.postMessage({ run, times })
      } catch (error) {
        port.postMessage({ run, failed: String(error) })
      }
    }
  }
}

if (inNode) port.on('message', receive)
else port.onmessage = event => receive(event.data)
port.postMessage({ ready: true })
`

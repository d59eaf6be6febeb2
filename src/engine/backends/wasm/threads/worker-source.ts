/**
 * What a worker runs, as text: it needs no file of its own, so no bundler can lose it, and the same text serves Node
 * (`eval: true`) and browsers (a blob). It keeps the programs it was sent and runs them when told; first of all
 * it says that it is there. Before the first range that is measured all threads meet, on the clock of thread 0: one that woke
 * early would else have done much of the work before the clock began.
 */
export const workerSource = `
'use strict'
const inNode = typeof require === 'function'
const port = inNode ? require('node:worker_threads').parentPort : self
const programs = new Map()

function obey(message) {
  switch (message.kind) {
    case 'load':
      programs.set(message.program, new WebAssembly.Instance(message.module, { env: { memory: message.memory } }))
      break
    case 'drop':
      for (const program of message.programs) programs.delete(program)
      break
    case 'run': {
      const { run, program, thread, threads, scratch, ready, timed } = message
      const { run: code, meet } = programs.get(program).exports
      const times = timed.map(([first, last], range) => {
        const start = performance.now()
        if (range === 0) meet(threads)
        code(first, last, thread, threads, scratch, ready)
        return performance.now() - start
      })
      if (timed.length === 0) code(0, 0x7fffffff, thread, threads, scratch, ready)
      if (thread === 0) port.postMessage({ run, times })
    }
  }
}

const fail = reason => port.postMessage({ failed: String(reason) })

function receive(message) {
  try {
    obey(message)
  } catch (error) {
    fail(error)
  }
}

function receiveNothing() {
  fail('it was sent a message it could not read')
}

if (inNode) {
  port.on('message', receive)
  port.on('messageerror', receiveNothing)
} else {
  port.onmessage = event => receive(event.data)
  port.onmessageerror = receiveNothing
}
port.postMessage({ ready: true })
`

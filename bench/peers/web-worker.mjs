// Node has worker threads, but no `Worker` as browsers have it. This is as much of one as jax-js uses.
import { resolveObjectURL } from 'node:buffer'
import { Worker as Thread } from 'node:worker_threads'

const inside = `
const { parentPort } = require('node:worker_threads')
globalThis.self = globalThis
globalThis.postMessage = message => parentPort.postMessage(message)
parentPort.on('message', data => self.onmessage({ data }))
`

class WebWorker {
  onmessage = null
  onerror = null

  constructor(url) {
    this.thread = resolveObjectURL(String(url))
      .text()
      .then(source => {
        const thread = new Thread(`${inside}\n${source}`, { eval: true })
        thread.on('message', data => this.onmessage?.({ data }))
        thread.on('error', error => this.onerror?.({ message: error.message }))
        return thread
      })
  }

  postMessage(message) {
    this.thread.then(thread => thread.postMessage(message))
  }

  terminate() {
    this.thread.then(thread => thread.terminate())
  }
}

/** Gives this process what a page with so many cores has. */
export function beBrowser(cores) {
  globalThis.Worker = WebWorker
  Object.defineProperty(globalThis, 'navigator', {
    value: { hardwareConcurrency: cores, userAgent: '' },
    configurable: true,
  })
}

import type { FileSource } from '../dataset.js'

/** Files that exist only in a test. */
export const memorySource = (files: Readonly<Record<string, Uint8Array>>): FileSource => ({
  place: 'box',
  read: async name => files[name] ?? null,
})

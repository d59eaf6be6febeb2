import { arch, cpus, totalmem, type } from 'node:os'
import type { Machine } from './report/result.js'

export const thisMachine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: cpus().length,
  memoryBytes: totalmem(),
  system: `${type()} ${arch()}`,
  node: process.version,
})

import type { Workload } from './protocol.js'

/** What is measured, in the order of the table. */
export const workloads: readonly Workload[] = [
  { task: 'train', batch: 32 },
  { task: 'train', batch: 128 },
  { task: 'infer', batch: 1 },
  { task: 'infer', batch: 32 },
  { task: 'infer', batch: 128 },
]

export type WorkloadKey = `${Workload['task']}/${number}`

export const keyOf = ({ task, batch }: Workload): WorkloadKey => `${task}/${batch}`

export const titleOf = ({ task, batch }: Workload): string =>
  `${task === 'train' ? 'training' : 'inference'}, batch ${batch}`

export const countThreads = (threads: number): string => `${threads} thread${threads === 1 ? '' : 's'}`

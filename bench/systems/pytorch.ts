import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.js'
import type { Part, System } from './system.js'

/** The first Python that has PyTorch; null when none has. A version manager's often shadows the system's. */
function findPython(): string | null {
  const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(name => name !== undefined)
  const probe = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)'
  return candidates.find(name => spawnSync(name, ['-c', probe]).status === 0) ?? null
}

/** What OpenBLAS calls the best kernels for this processor. Versions older than it know it not and take lesser ones. */
function openblasCore(): Record<string, string> {
  const flags = readProcessorFlags()
  if (flags.includes(' avx512f ')) return { OPENBLAS_CORETYPE: 'SkylakeX' }
  return flags.includes(' avx2 ') ? { OPENBLAS_CORETYPE: 'Haswell' } : {}
}

function readProcessorFlags(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8')
  } catch {
    return '' // not Linux
  }
}

const tunedEnvironment = (): Record<string, string> => ({
  ...openblasCore(),
  // Big tensors stay with the process instead of going back to the kernel after each step.
  MALLOC_MMAP_THRESHOLD_: String(2 ** 33),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_TOP_PAD_: String(2 ** 26),
  // OpenMP's threads and OpenBLAS' own ones would else wait for each other at full speed on the same cores.
  GOMP_SPINCOUNT: '1000',
})

/** PyTorch as Debian has it (oneDNN for convolutions, OpenBLAS for dense layers): with its defaults, and at its best. */
export function pytorch(threads: number, parts: Readonly<Record<string, Part>>): System[] {
  const python = findPython()
  const system = (kind: 'plain' | 'tuned', title: string, setting: string, environment = {}): System => ({
    name: 'pytorch',
    title: `PyTorch, ${title}`,
    command: {
      file: python ?? 'python3',
      arguments: [join(root, 'bench/peers/pytorch.py'), kind, String(threads)],
      environment: {
        OMP_NUM_THREADS: String(threads),
        OPENBLAS_NUM_THREADS: String(threads),
        ...environment,
      },
    },
    setting,
    parts,
    missing:
      python === null
        ? 'apt-get install python3-torch libopenblas0-pthread, or PYTHON=… npm run bench'
        : null,
  })
  return [
    system('plain', 'as installed', 'eager, channels first'),
    system(
      'tuned',
      'tuned',
      'training eager, channels last; inference traced, frozen and optimized; malloc keeps its memory, OpenBLAS told the processor, short spinning',
      tunedEnvironment(),
    ),
  ]
}

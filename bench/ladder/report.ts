import { markdownTable } from '../report/markdown.js'
import { titleOf } from './arguments.js'
import { describeLayer, type Layer } from './layers.js'
import { isNeeded, type Pass, passes } from './passes.js'
import { isWrong, type LadderResult, type Rung, type Step, targetOf } from './result.js'

/** A run of the ladder, for people. */
export const formatLadder = (result: LadderResult): string =>
  [heading(result), layerTable(result), legend(result), summary(result), worst(result)]
    .filter(part => part !== '')
    .join('\n\n')

function heading({ date, machine, threads, fused, peak }: LadderResult): string {
  const instructions = fused ? 'fused multiply-add' : 'a multiplication, then an addition'
  return `${machine.processor}, ${machine.cores} cores · ${machine.system} · Node ${machine.node} · ${date}
Peak of 128-bit WebAssembly (${instructions}) on ${threads} thread${threads === 1 ? '' : 's'}: ${peak.toFixed(1)} GFLOP/s.

GFLOP/s by the operations of the direct method, the fastest of the runs, and the share of the peak; **bold** where a
common layer misses its target: ${percent(targetOf('forward', ''))} forward (${percent(targetOf('forward', 'Winograd'))} Winograd's way), ${percent(targetOf('input gradient', ''))} for gradients. "Checked" says on what
the three kernels were held against the float64 reference before, and their largest error as a share of what rounding allows.`
}

function layerTable({ rungs, peak }: LadderResult): string {
  const rows = rungs.map(rung => [
    titleOf(rung.layer),
    describeLayer(rung.layer),
    ...passes.map(pass => cell(rung, pass, peak)),
    checked(rung),
  ])
  return markdownTable(['layer', 'shape', ...passes, 'checked'], rows, [
    'left',
    'left',
    'right',
    'right',
    'right',
    'left',
  ])
}

function cell(rung: Rung, pass: Pass, peak: number): string {
  const step = rung.steps.find(step => step.pass === pass)
  if (!step) return isNeeded(rung.layer, pass) ? '–' : 'not needed'
  if (isWrong(step)) return '**wrong**'
  if (!step.speed) return 'right'
  const share = percent(step.speed.gflops / peak)
  const marked = rung.layer.common && misses(step, peak) ? `**${share}**` : share
  return `${step.speed.gflops.toFixed(1)} ${letterOf(step.speed.algorithm)} ${marked}`
}

const misses = ({ pass, speed }: Step, peak: number): boolean =>
  speed !== null && speed.gflops / peak < targetOf(pass, speed.algorithm)

/** `2 × 36×36: 0.12`; several sizes where an algorithm wants more pictures than the others. */
function checked({ steps }: Rung): string {
  const on = new Set(steps.map(({ verification }) => picturesOf(verification.layer)))
  const error = Math.max(...steps.map(({ verification }) => verification.error))
  return `${[...on].join(', ')}: ${error.toPrecision(2)}`
}

const picturesOf = (layer: Layer): string =>
  layer.kind === 'dense' ? `${layer.images}` : `${layer.images} × ${layer.size}×${layer.size}`

const letterOf = (algorithm: string): string => algorithm[0]!.toUpperCase()

function legend({ rungs }: LadderResult): string {
  const algorithms = new Set(rungs.flatMap(({ steps }) => steps.map(({ speed }) => speed?.algorithm ?? '')))
  return [...algorithms]
    .filter(name => name !== '')
    .sort()
    .map(name => `${letterOf(name)} ${name}`)
    .join(' · ')
}

interface Candidate {
  readonly rung: Rung
  readonly step: Step & { readonly speed: NonNullable<Step['speed']> }
}

const candidates = ({ rungs }: LadderResult): Candidate[] =>
  rungs
    .filter(({ layer }) => layer.common)
    .flatMap(rung =>
      rung.steps.flatMap(step => (step.speed ? [{ rung, step: { ...step, speed: step.speed } }] : [])),
    )

function summary(result: LadderResult): string {
  const all = result.rungs.flatMap(({ steps }) => steps)
  const wrong = all.filter(isWrong).length
  const verified = `${all.length - wrong} of ${all.length} kernels are right`
  const counts = passes.map(pass => {
    const ofPass = candidates(result).filter(({ step }) => step.pass === pass)
    return `${pass} ${ofPass.filter(({ step }) => !misses(step, result.peak)).length} of ${ofPass.length}`
  })
  return candidates(result).length === 0
    ? `${verified}.`
    : `${verified}. Targets met by common layers: ${counts.join(', ')}.`
}

/** The passes that miss their targets, the furthest first. */
function worst(result: LadderResult): string {
  const reached = ({ step: { pass, speed } }: Candidate) =>
    speed.gflops / result.peak / targetOf(pass, speed.algorithm)
  const missing = candidates(result).filter(({ step }) => misses(step, result.peak))
  const rows = missing
    .sort((a, b) => reached(a) - reached(b))
    .map(({ rung: { layer }, step: { pass, speed } }) => [
      titleOf(layer),
      describeLayer(layer),
      pass,
      speed.algorithm,
      speed.gflops.toFixed(1),
      percent(speed.gflops / result.peak),
      percent(targetOf(pass, speed.algorithm)),
    ])
  if (rows.length === 0) return ''
  const titles = ['below target', 'shape', 'pass', 'algorithm', 'GFLOP/s', 'of peak', 'target']
  return markdownTable(titles, rows, ['left', 'left', 'left', 'left', 'right', 'right', 'right'])
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

import { formatCount } from '../../src/base/format.js'
import { countParams, flopOfPicture } from '../network.js'
import { countThreads, keyOf, titleOf, workloads } from '../workloads.js'
import { type Align, markdownTable } from './markdown.js'
import type { MeasuredSystem, Result, Speed } from './result.js'
import type { Spread } from './statistics.js'

/** A run of the bench, for people. */
export const formatReport = (result: Result): string =>
  [
    heading(result),
    speedTable(result.speeds),
    disturbance(result),
    systemTable(result.systems),
    settings(result.systems),
    ...missing(result),
    start(result),
    limitTable(result),
  ].join('\n\n')

function heading({ date, machine, settings }: Result): string {
  const { processor, cores, memoryBytes, system, node } = machine
  const gigabytes = Math.round(memoryBytes / 2 ** 30)
  const { threads, rounds, seconds } = settings
  return `The tutorial's network, ${formatCount(countParams())} parameters, 32×32 pictures. Training is the whole step: forward, loss read
back, backward, SGD with momentum. Inference reads the softmax back. The pictures are random; the peers take one batch of
them again and again, ready as floats in memory. Everybody has ${countThreads(threads)} where not said otherwise.

${processor}, ${cores} cores, ${gigabytes} GB · ${system} · Node ${node} · ${date}
${rounds} rounds in which everybody is measured in turn for ${seconds} s, one at a time; medians, and in brackets the least and the most.

Fovea / it: how many times as fast Fovea is with ${countThreads(threads)}, from the two windows of each round; below 1 the other is faster.`
}

const speedAlign: readonly Align[] = ['left', 'right', 'right', 'left']

/** A block of rows for each workload, the fastest first. */
function speedTable(speeds: readonly Speed[]): string {
  const rows = workloads.flatMap(workload => {
    const block = speeds.filter(speed => keyOf(speed.workload) === keyOf(workload))
    const sorted = [...block].sort((a, b) => speedOf(b) - speedOf(a))
    return block.length === 0 ? [] : [[`**${titleOf(workload)}**`], ...sorted.map(speedRow)]
  })
  return markdownTable(['', 'Fovea / it', 'images/s', ''], rows, speedAlign)
}

const speedOf = ({ imagesPerSecond }: Speed): number => imagesPerSecond?.median ?? 0

function speedRow({ system, imagesPerSecond, ratio, refusal, batch, workload, singleStep }: Speed): string[] {
  if (refusal !== null) return [system, '–', '–', `"${refusal.split('\n')[0]}"`]
  const notes = [
    ...(batch === workload.batch ? [] : [`batch ${batch}`]),
    ...(singleStep ? ['a single step'] : []),
  ]
  return [system, formatRatio(ratio), formatSpread(imagesPerSecond, formatSpeed), notes.join(', ')]
}

const formatRatio = (ratio: Spread | null): string => formatSpread(ratio, value => `${formatSpeed(value)}×`)

function formatSpread(spread: Spread | null, format: (value: number) => string): string {
  if (spread === null) return '–'
  const { median, min, max } = spread
  return min === max ? format(median) : `${format(median)} [${format(min)} … ${format(max)}]`
}

const formatSpeed = (value: number): string =>
  value >= 100 ? formatCount(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2)

function disturbance({ others }: Result): string {
  if (others === null) return ''
  const percent = (share: number) => `${(100 * share).toFixed(share < 0.01 ? 1 : 0)} %`
  return `Other programs took ${percent(others.median)} of the cores in the median window, ${percent(others.max)} at most.`
}

const systemAlign: readonly Align[] = ['left', 'left', 'right', 'right']

function systemTable(systems: readonly MeasuredSystem[]): string {
  const rows = systems.map(({ title, version, runtime, peakBytes, firstStep }) => [
    title,
    `${version}, ${runtime}`,
    firstStep === null ? '–' : formatSeconds(firstStep),
    formatMegabytes(peakBytes),
  ])
  const table = markdownTable(['', 'version', 'first step', 'memory'], rows, systemAlign)
  return `${table}

First step: from the start of the process to the end of its first training step (batch 32), or of its first inference
where training is missing or slow. Memory: the most the process held in the whole run; Fovea holds the 50,000 pictures (154 MB) beside.`
}

const settings = (systems: readonly MeasuredSystem[]): string =>
  ['How each was asked:', ...systems.map(({ title, setting }) => `- ${title}: ${setting}`)].join('\n')

const formatSeconds = (seconds: number): string => `${seconds.toFixed(2)} s`

const formatMegabytes = (bytes: number): string => `${formatCount(Math.round(bytes / 1e6))} MB`

const missing = ({ missing }: Result): string[] =>
  missing.length === 0
    ? []
    : [['Not measured:', ...missing.map(({ title, reason }) => `- ${title}: ${reason}`)].join('\n')]

function start({ start: { firstStep, peakBytes } }: Result): string {
  return `Fovea from nothing (new processes, batch 128, 50,000 pictures in memory): the first training step is done after ${formatSpread(firstStep, formatSeconds)}; the process holds ${formatMegabytes(peakBytes)} at most.`
}

function limitTable({ limits }: Result): string {
  const rows = limits.map(({ threads, mulAdd, fma, copy }) => [
    countThreads(threads),
    mulAdd.toFixed(0),
    fma === null ? '–' : fma.toFixed(0),
    copy.toFixed(0),
    ((mulAdd * 1e9) / flopOfPicture('train')).toFixed(0),
  ])
  const titles = [
    'the machine, from WebAssembly',
    'mul + add, GFLOP/s',
    'relaxed FMA, GFLOP/s',
    'copy, GB/s',
    'images/s',
  ]
  const table = markdownTable(titles, rows, ['left', 'right', 'right', 'right', 'right'])
  return `${table}

The last column: training at that many multiplications and additions a second, ${(flopOfPicture('train') / 1e6).toFixed(0)} million for a picture, were convolutions computed directly.`
}

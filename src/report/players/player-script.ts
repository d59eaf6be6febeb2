import { scriptOf } from '../../base/script-text.js'
import type { Stage } from './stage-script.js'
import type { PlayedNumbers, PlayedWalk } from './walk-script.js'

// What the player does when it is used. It is sent to the page as text and stands alone; what it needs from the other
// texts it is given as `tools`.

export interface PlayerTools {
  readonly walk: (numbers: PlayedNumbers) => PlayedWalk
  readonly draw: (
    numbers: PlayedNumbers,
    walk: PlayedWalk,
    at: number,
    format: (value: number) => string,
  ) => Stage
  readonly format: (value: number) => string
}

export interface PlayerState {
  readonly root: HTMLElement
  readonly tools: PlayerTools
  readonly kernels: Readonly<Record<string, readonly (readonly number[])[]>>
  numbers: PlayedNumbers
  walk: PlayedWalk
  /** The stop the filter is at, from 0. */
  at: number
  timer: number | undefined
}

/** Brings the player with this id to life. */
export function playConvolution(
  id: string,
  numbers: PlayedNumbers,
  kernels: PlayerState['kernels'],
  tools: PlayerTools,
  at: number,
): void {
  const root = document.getElementById(id)
  if (root === null) return
  const state: PlayerState = {
    root,
    tools,
    kernels,
    numbers,
    walk: tools.walk(numbers),
    at: 0,
    timer: undefined,
  }
  listenToControls(state)
  listenToNumbers(state)
  root.classList.add('fp-live')
  showStop(state, at)
  startInView(state)
}

/** An element of the player by its role in it. */
export function playerPart<T extends HTMLElement>(state: PlayerState, role: string): T {
  return state.root.querySelector<T>(`[data-part="${role}"]`)!
}

export function countStops({ walk }: PlayerState): number {
  return walk.output.length * walk.output[0]!.length
}

/** Goes to a stop and shows it; what lies outside becomes the first or last. */
export function showStop(state: PlayerState, stop: number): void {
  const last = countStops(state) - 1
  state.at = Math.max(0, Math.min(last, stop))
  const { svg, products, sum } = state.tools.draw(state.numbers, state.walk, state.at, state.tools.format)
  playerPart(state, 'stage').innerHTML = svg
  playerPart(state, 'products').textContent = `${products} `
  playerPart(state, 'sum').textContent = sum
  playerPart(state, 'count').textContent = `${state.at + 1} of ${last + 1}`
  const slider = playerPart<HTMLInputElement>(state, 'slider')
  slider.max = String(last + 1)
  slider.value = String(state.at + 1)
  slider.setAttribute('aria-valuetext', `step ${state.at + 1} of ${last + 1}, sum ${sum}`)
}

export function pause(state: PlayerState): void {
  clearInterval(state.timer)
  state.timer = undefined
  showPlaying(state)
}

/** Goes on to the end; from the end begins anew. */
export function play(state: PlayerState): void {
  pause(state)
  if (state.at === countStops(state) - 1) showStop(state, 0)
  state.timer = window.setInterval(() => {
    showStop(state, state.at + 1)
    if (state.at === countStops(state) - 1) pause(state)
  }, 1000)
  showPlaying(state)
}

/** While it plays nothing is read aloud: every second a sum would be too much. */
export function showPlaying(state: PlayerState): void {
  const playing = state.timer !== undefined
  const button = playerPart(state, 'play')
  button.textContent = playing ? 'Pause' : 'Play'
  button.setAttribute('aria-label', playing ? 'Pause the filter' : 'Let the filter run')
  playerPart(state, 'equation').setAttribute('aria-live', playing ? 'off' : 'polite')
}

export function goTo(state: PlayerState, stop: number): void {
  pause(state)
  showStop(state, stop)
}

export function listenToControls(state: PlayerState): void {
  const slider = playerPart<HTMLInputElement>(state, 'slider')
  playerPart(state, 'play').onclick = () => (state.timer === undefined ? play(state) : pause(state))
  playerPart(state, 'back').onclick = () => goTo(state, state.at - 1)
  playerPart(state, 'on').onclick = () => goTo(state, state.at + 1)
  slider.oninput = () => goTo(state, Number(slider.value) - 1)
  const stage = playerPart(state, 'stage')
  stage.onclick = event => {
    const cell = (event.target as Element).closest('[data-stop]')
    if (cell !== null) goTo(state, Number(cell.getAttribute('data-stop')))
  }
  stage.onkeydown = event => {
    const stop = stopForKey(state, event.key)
    if (stop === undefined) return
    event.preventDefault()
    goTo(state, stop)
  }
}

export function stopForKey({ at, walk }: PlayerState, key: string): number | undefined {
  const columns = walk.output[0]!.length
  const stops: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: walk.output.length * columns - 1 },
    ArrowUp: at >= columns ? at - columns : at,
    ArrowDown: at + columns < walk.output.length * columns ? at + columns : at,
  }
  return stops[key]
}

export function listenToNumbers(state: PlayerState): void {
  for (const field of state.root.querySelectorAll<HTMLInputElement>('input[type="number"]'))
    field.oninput = () => readNumbers(state)
  const choice = state.root.querySelector<HTMLSelectElement>('[data-part="filter"]')
  if (choice) choice.onchange = () => chooseFilter(state, choice.value)
  playerPart<HTMLSelectElement>(state, 'padding').onchange = () => readNumbers(state)
}

/** Everything anew from the fields. Where one holds no number it is marked, and the last good numbers stay. */
export function readNumbers(state: PlayerState): void {
  pause(state)
  const fields = [...state.root.querySelectorAll<HTMLInputElement>('input[type="number"]')]
  for (const field of fields) field.setAttribute('aria-invalid', String(!holdsNumber(field)))
  const wrong = fields.filter(field => !holdsNumber(field)).length
  playerPart(state, 'problem').textContent =
    wrong === 0
      ? ''
      : `${wrong === 1 ? 'One field holds' : `${wrong} fields hold`} no number; the last good numbers are shown.`
  if (wrong > 0) return
  const { input, kernel } = state.numbers
  state.numbers = {
    ...state.numbers,
    input: gridFrom(state, 'input', input[0]!.length),
    kernel: gridFrom(state, 'kernel', kernel[0]!.length),
    bias: playerPart<HTMLInputElement>(state, 'bias').valueAsNumber,
    padding: playerPart<HTMLSelectElement>(state, 'padding').value as 'valid' | 'same',
  }
  state.walk = state.tools.walk(state.numbers)
  nameFilter(state)
  showStop(state, state.at)
}

/** Numbers so large that their products would be infinite are none. */
export function holdsNumber({ valueAsNumber }: HTMLInputElement): boolean {
  return Math.abs(valueAsNumber) <= 1e9
}

export function gridFrom(state: PlayerState, name: string, columns: number): number[][] {
  const fields = [...state.root.querySelectorAll<HTMLInputElement>(`[data-part="${name}"] input`)]
  const rows: number[][] = []
  fields.forEach((field, i) => {
    if (i % columns === 0) rows.push([])
    rows.at(-1)!.push(field.valueAsNumber)
  })
  return rows
}

export function chooseFilter(state: PlayerState, name: string): void {
  const values = state.kernels[name]?.flat()
  if (values === undefined) return
  const fields = [...state.root.querySelectorAll<HTMLInputElement>('[data-part="kernel"] input')]
  fields.forEach((field, i) => {
    field.value = String(values[i])
  })
  readNumbers(state)
}

/** The choice shows the name of the filter that is there, or that it is the reader's own. */
export function nameFilter(state: PlayerState): void {
  const choice = state.root.querySelector<HTMLSelectElement>('[data-part="filter"]')
  const there = JSON.stringify(state.numbers.kernel)
  const known = Object.keys(state.kernels).find(name => JSON.stringify(state.kernels[name]) === there)
  if (choice) choice.value = known ?? ''
}

/** Runs once, when it is first seen; not for readers who prefer that nothing moves. */
export function startInView(state: PlayerState): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const observer = new IntersectionObserver(
    entries => {
      if (!entries.some(entry => entry.isIntersecting)) return
      observer.disconnect()
      if (state.at === 0 && state.timer === undefined) play(state)
    },
    { threshold: 0.6 },
  )
  observer.observe(playerPart(state, 'stage'))
}

export const playerScript = (): string =>
  scriptOf(
    playConvolution,
    ...[playerPart, countStops, showStop, pause, play, showPlaying, goTo, listenToControls, stopForKey],
    ...[listenToNumbers, readNumbers, holdsNumber, gridFrom, chooseFilter, nameFilter, startInView],
  )

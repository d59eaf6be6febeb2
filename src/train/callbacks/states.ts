import type { Callback } from './callback.js'

/** States of callbacks by name, as a checkpoint keeps them. */
export type CallbackStates = Readonly<Record<string, unknown>>

/** What every callback wants to be kept; a second one of a name has a number behind it. */
export const statesOf = (callbacks: readonly Callback[]): CallbackStates =>
  Object.fromEntries(
    keyed(callbacks).flatMap(([key, callback]) => (callback.state ? [[key, callback.state()]] : [])),
  )

/** Gives every callback what was kept of it, or null where nothing was. */
export function restoreStates(callbacks: readonly Callback[], states: CallbackStates = {}): void {
  for (const [key, callback] of keyed(callbacks)) callback.restore?.(states[key] ?? null)
}

function keyed(callbacks: readonly Callback[]): [key: string, callback: Callback][] {
  const seen = new Map<string, number>()
  return callbacks.map(callback => {
    const name = callback.name ?? 'callback'
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return [before === 0 ? name : `${name}_${before}`, callback]
  })
}

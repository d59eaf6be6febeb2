/** What one option may be. */
export interface Rule<T> {
  /** For messages, after "must be": `a positive integer`. */
  readonly expected: string
  /** A value that would do, as code, for the advice. */
  readonly example: string
  /** The value in the one form in which it is stored (`3` → `[3, 3]`); undefined when it is not what is expected. */
  read(value: unknown): T | undefined
  /** A better advice than the example, where the wrong value tells what was meant. */
  advise?(value: unknown): string | undefined
}

/** One option of a layer: its rule, and what stands for it when it is not given. */
export interface OptionSpec<T> {
  readonly rule: Rule<T>
  /** `required`: must be given. `absent`: has no default and may be missing. */
  readonly presence: 'required' | 'absent' | { readonly fallback: T }
}

/** The rules of all options `O` that users may give. */
export type OptionSpecs<O> = { readonly [K in keyof O]-?: OptionSpec<unknown> }

/** What comes out when options are read by their rules. */
export type Resolved<S> = {
  readonly [K in keyof S]: S[K] extends OptionSpec<infer T> ? T : never
}

export const required = <T>(rule: Rule<T>): OptionSpec<T> => ({ rule, presence: 'required' })
export const absent = <T>(rule: Rule<T>): OptionSpec<T> => ({ rule, presence: 'absent' })
export const defaulting = <T>(rule: Rule<T>, fallback: T): OptionSpec<T> => ({ rule, presence: { fallback } })

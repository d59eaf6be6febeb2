/**
 * Every error a user can cause. The message says who, what was expected and what came; `advice` says what to do.
 * `message` holds both, the advice on an indented line of its own.
 */
export class FoveaError extends Error {
  readonly advice: string | undefined

  constructor(problem: string, advice?: string, options?: ErrorOptions) {
    super(advice === undefined ? problem : `${problem}\n  ${advice}`, options)
    this.name = new.target.name
    this.advice = advice
  }
}

/** Sizes that do not fit each other. */
export class ShapeError extends FoveaError {}

/** An option with a value it cannot have, or a name nobody knows. */
export class OptionError extends FoveaError {}

/** A file that is not what it says it is. */
export class FileError extends FoveaError {}

/** Training that cannot go on, because a number is no longer finite. */
export class DivergedError extends FoveaError {}

/** What the rest of a training is made of. */
export interface Costs {
  /** Seconds of a step. */
  readonly step: number
  /** Seconds between the last step of an epoch and what follows: measuring, callbacks, checkpoint. */
  readonly end: number
}

export interface EpochPlace {
  readonly stepsPerEpoch: number
  /** Steps of the epoch under way that are done. */
  readonly step: number
}

/**
 * Steps that fit into so many seconds with the ends of all epochs they belong to. The last epoch may have fewer steps
 * than the others, but its end takes as long.
 */
export function stepsWithin(seconds: number, { step, end }: Costs, place: EpochPlace): number {
  const cost = Math.max(step, 1e-9) // a clock too coarse for what it measures
  const fit = (time: number, most: number) => Math.max(0, Math.min(most, Math.floor((time - end) / cost)))
  const { stepsPerEpoch } = place
  const rest = stepsPerEpoch - place.step
  const now = fit(seconds, rest)
  const after = seconds - rest * cost - end
  if (now < rest || after <= 0) return now
  const epoch = stepsPerEpoch * cost + end
  const whole = Math.floor(after / epoch)
  return rest + whole * stepsPerEpoch + fit(after - whole * epoch, stepsPerEpoch)
}

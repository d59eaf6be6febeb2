/** What became of the pictures at one place. */
export interface ShiftCell {
  /** Pixels to the right. */
  readonly dx: number
  /** Pixels down. */
  readonly dy: number
  /** Mean probability of the right class. */
  readonly probability: number
  /** Share of the pictures whose likeliest class is the right one; of equals the lower class is taken. */
  readonly recognised: number
  /** Share of the pictures of which nothing is cut here. */
  readonly whole: number
}

/** A mean over pictures and shifts. */
export interface ShiftMean {
  /** Mean probability of the right class. */
  readonly probability: number
  /** Share recognised. */
  readonly recognised: number
  /**
   * Standard error of `recognised`: from how the pictures differ among each other, as the shifts of one picture are no
   * independent trials. NaN for a single picture.
   */
  readonly standardError: number
  /** Pairs of a picture and a shift. */
  readonly shifts: number
}

/** What became of one picture over its shifts: sums. */
export interface PictureCounts {
  readonly shifts: number
  readonly recognised: number
  readonly probability: number
}

/** Each picture's own mean, and the mean of these: every picture counts the same, however far it can move. */
export function meanOf(pictures: readonly PictureCounts[]): ShiftMean {
  const shares = pictures.map(({ recognised, shifts }) => recognised / shifts)
  const recognised = mean(shares)
  const squares = shares.reduce((sum, share) => sum + (share - recognised) ** 2, 0)
  return {
    probability: mean(pictures.map(({ probability, shifts }) => probability / shifts)),
    recognised,
    standardError: Math.sqrt(squares / (pictures.length - 1) / pictures.length),
    shifts: pictures.reduce((sum, { shifts }) => sum + shifts, 0),
  }
}

/** The first ring around the middle, up to the radius `to`, where the mean share recognised is below one half. */
export function halfRadius(cells: readonly ShiftCell[], to: number): number | null {
  for (let radius = 0; radius <= to; radius++) {
    const ring = cells.filter(({ dx, dy }) => Math.round(Math.sqrt(dx * dx + dy * dy)) === radius)
    if (mean(ring.map(({ recognised }) => recognised)) < 0.5) return radius
  }
  return null
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

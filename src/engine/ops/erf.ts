/**
 * The error function 2/√π · ∫₀ˣ e^(-t²) dt, good to 1e-15.
 *
 * Below 2 by Kummer's series 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!! (Abramowitz & Stegun 7.1.6), whose terms all
 * have one sign, so that nothing cancels; above by the complement.
 */
export const erf = (x: number): number =>
  Math.abs(x) < 2 ? series(x) : Math.sign(x) * (1 - tail(Math.abs(x)))

/** 1 - erf(x), with full relative precision far out, where erf itself is 1 to the last bit. */
export const erfc = (x: number): number => (x < 2 ? 1 - erf(x) : tail(x))

function series(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

/**
 * 1 - erf(x) from 2 on, by e^(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), A&S 7.1.14. From x = 2 on 60 levels
 * of the fraction are plenty.
 */
function tail(x: number): number {
  let denominator = x
  for (let level = 60; level > 0; level--) denominator = x + level / 2 / denominator
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * denominator)
}

import { exp, log } from '../../base/portable-math.js'
import type { Random } from '../../base/random.js'

/** A number of 0 … 1 from the distribution Beta(alpha, alpha): near 0 or 1 for a small alpha, near 1/2 for a large one. */
export function drawBeta(random: Random, alpha: number): number {
  if (alpha === 1) return random.uniform()
  return alpha < 1 ? johnk(random, alpha) : ofGammas(random, alpha)
}

/** Jöhnk (1964), with logarithms, because the powers of a small alpha leave the range of numbers. */
function johnk(random: Random, alpha: number): number {
  for (;;) {
    const [x, y] = [log(1 - random.uniform()) / alpha, log(1 - random.uniform()) / alpha]
    if (exp(x) + exp(y) > 1) continue
    const most = Math.max(x, y)
    return exp(x - most) / (exp(x - most) + exp(y - most))
  }
}

function ofGammas(random: Random, alpha: number): number {
  const [x, y] = [drawGamma(random, alpha), drawGamma(random, alpha)]
  return x / (x + y)
}

/** Marsaglia and Tsang (2000), for a shape of at least 1. */
function drawGamma(random: Random, shape: number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = random.normal()
    const root = 1 + c * normal
    if (root <= 0) continue
    const cube = root * root * root
    if (log(1 - random.uniform()) < (normal * normal) / 2 + d * (1 - cube + log(cube))) return d * cube
  }
}

/** A direction that a symmetric matrix only stretches, and by how much. */
export interface Eigenpair {
  readonly value: number
  /** Of length 1; its entry of the largest size is positive, so that it is one vector and not two. */
  readonly vector: Float64Array
}

/** The method squares what is left beside the diagonal in each sweep; more than ten are never needed. */
const mostSweeps = 30

/**
 * All eigenpairs of a symmetric matrix `[n, n]` (row-major), the largest value first: Jacobi's cyclic rotations in
 * float64. Nothing but sums, products, divisions and square roots, so the bits are the same everywhere.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigenpair[] {
  const a = matrix.slice()
  const vectors = identity(n)
  for (let sweep = 0; sweep < mostSweeps && !isDiagonal(a, n); sweep++)
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotateAway(a, vectors, n, p, q)
  return Array.from({ length: n }, (_, i) => ({
    value: a[i * n + i]!,
    vector: directed(Float64Array.from({ length: n }, (_, row) => vectors[row * n + i]!)),
  })).sort((one, other) => other.value - one.value)
}

/** Turns the axes p and q until the matrix holds 0 where they meet. */
function rotateAway(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const meeting = a[p * n + q]!
  if (meeting === 0) return
  const slope = (a[q * n + q]! - a[p * n + p]!) / (2 * meeting)
  // The smaller of both angles that do it: t = tan of the angle.
  const t = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1))
  const cosine = 1 / Math.sqrt(t * t + 1)
  const turn = { cosine, sine: t * cosine }
  for (let k = 0; k < n; k++) rotate(a, k * n + p, k * n + q, turn)
  for (let k = 0; k < n; k++) rotate(a, p * n + k, q * n + k, turn)
  for (let k = 0; k < n; k++) rotate(vectors, k * n + p, k * n + q, turn)
  a[p * n + q] = 0
  a[q * n + p] = 0
}

interface Turn {
  readonly cosine: number
  readonly sine: number
}

function rotate(numbers: Float64Array, i: number, j: number, { cosine, sine }: Turn): void {
  const [x, y] = [numbers[i]!, numbers[j]!]
  numbers[i] = cosine * x - sine * y
  numbers[j] = sine * x + cosine * y
}

/** Whether what stands beside the diagonal is lost in the rounding of what stands on it. */
function isDiagonal(a: Float64Array, n: number): boolean {
  let [beside, on] = [0, 0]
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      const square = a[row * n + column]! * a[row * n + column]!
      if (row === column) on += square
      else beside += square
    }
  return beside <= Number.EPSILON * Number.EPSILON * on
}

function directed(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most), 0)
  return largest < 0 ? vector.map(entry => -entry) : vector
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1
  return matrix
}

import { isRecord } from '../../base/record.js'
import { type Shape, sizeOf } from '../../base/shape.js'
import type { Refuse } from '../refuse.js'
import { storedTypes } from './dtypes.js'
import { findDuplicateKey } from './duplicate-key.js'

/** Where one tensor lies: `begin` and `end` are bytes from the start of the numbers. */
export interface TensorEntry {
  readonly name: string
  readonly dtype: string
  readonly shape: Shape
  readonly begin: number
  readonly end: number
}

export interface Header {
  readonly entries: readonly TensorEntry[]
  readonly metadata: Readonly<Record<string, string>>
}

/** Bytes of the field that says how long the header is. */
export const lengthField = 8

/** The format's own limit; a longer header is a wrong length or an attack on memory. */
const longestHeader = 100_000_000

/** Number of bytes the header takes, from the file's first 8. */
export function headerLength(bytes: Uint8Array, refuse: Refuse): number {
  if (bytes.length < lengthField)
    return refuse(`a safetensors file begins with ${lengthField} bytes of length, but ${bytes.length} came`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getBigUint64(0, true)
  if (length > longestHeader)
    return refuse(
      `this is no safetensors file, or not any more: the header says it is ${length} bytes long, ${longestHeader} is the most`,
    )
  const rest = bytes.length - lengthField
  if (length > rest) return refuse(`the header should be ${length} bytes long, but only ${rest} came`)
  return Number(length)
}

/** The header's JSON, checked member by member. */
export function parseHeader(text: string, refuse: Refuse): Header {
  if (!text.startsWith('{')) return refuse('the header should begin with "{"')
  const json = parseJson(text, refuse)
  const twice = findDuplicateKey(text)
  if (twice !== undefined) refuse(`"${twice}" stands in the header twice`)
  const { __metadata__: metadata = {}, ...tensors } = json
  return {
    entries: Object.entries(tensors).map(([name, value]) => checkEntry(name, value, refuse)),
    metadata: checkMetadata(metadata, refuse),
  }
}

function parseJson(text: string, refuse: Refuse): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text)
    return isRecord(json) ? json : refuse('the header is not a JSON object')
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(`the header is not JSON (${error.message})`)
    throw error
  }
}

function checkMetadata(metadata: unknown, refuse: Refuse): Record<string, string> {
  if (!isRecord(metadata)) return refuse('"__metadata__" is not an object')
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'string') refuse(`"__metadata__" holds "${key}", which is not a text`)
  return metadata as Record<string, string>
}

function checkEntry(name: string, value: unknown, refuse: Refuse): TensorEntry {
  if (!isRecord(value)) return refuse(`the entry of tensor "${name}" is not an object`)
  const { dtype, shape, data_offsets: offsets } = value
  const known = Object.keys(storedTypes)
  if (typeof dtype !== 'string' || !known.includes(dtype))
    return refuse(
      `tensor "${name}" has the number type ${JSON.stringify(dtype)}, known are ${known.join(', ')}`,
    )
  if (!isCounts(shape)) return refuse(`tensor "${name}" has the shape ${JSON.stringify(shape)}`)
  if (!isCounts(offsets) || offsets.length !== 2)
    return refuse(`tensor "${name}" has the data_offsets ${JSON.stringify(offsets)}`)
  const [begin, end] = offsets as [number, number]
  const expected = sizeOf(shape) * storedTypes[dtype]!.size
  if (end - begin !== expected)
    return refuse(
      `tensor "${name}" of ${dtype} [${shape}] takes ${expected} bytes, but its offsets span ${end - begin}`,
    )
  return { name, dtype, shape, begin, end }
}

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every(item => Number.isSafeInteger(item) && item >= 0)

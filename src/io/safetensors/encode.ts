import type { Tensor } from '../../base/tensor.js'
import { storedAs } from './dtypes.js'
import { lengthField } from './header.js'

/**
 * Writes tensors and texts as a safetensors file. The numbers are written as they are stored (a tensor's `scaling`
 * is not). Wide numbers come first, so that every tensor begins at a multiple of its numbers' size.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  if (tensors.has('__metadata__')) throw new Error('safetensors: a tensor cannot be called "__metadata__"')
  const ordered = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT)
  const header = encodeHeader(ordered, metadata)
  const total = ordered.reduce((sum, [, tensor]) => sum + tensor.data.byteLength, 0)
  const file = new Uint8Array(lengthField + header.length + total)
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true)
  file.set(header, lengthField)
  let at = lengthField + header.length
  for (const [, { data }] of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return file
}

/** The header's JSON, padded with spaces so that the numbers begin at a multiple of 8. */
function encodeHeader(
  tensors: readonly (readonly [string, Tensor])[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  let begin = 0
  const entries = tensors.map(([name, { dtype, shape, data }]) => {
    const end = begin + data.byteLength
    const entry = { dtype: storedAs[dtype], shape, data_offsets: [begin, end] }
    begin = end
    return [name, entry] as const
  })
  const json = new TextEncoder().encode(
    JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }),
  )
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20)
  padded.set(json)
  return padded
}

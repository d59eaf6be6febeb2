import { Tensor } from '../../base/tensor.js'
import { type Refuse, refuseFile } from '../refuse.js'
import { storedTypes } from './dtypes.js'
import { type Header, headerLength, lengthField, parseHeader, type TensorEntry } from './header.js'

export interface Safetensors {
  readonly tensors: Map<string, Tensor>
  /** The file's `__metadata__`. */
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Reads a safetensors file (format: https://github.com/huggingface/safetensors). The tensors are copies.
 * Read are F64, F32, F16 (as float32), I64 (as int32), I32 and U8.
 *
 * Nothing in the file is believed: a header that is too long, not JSON or has a key twice, and tensors that do not
 * fill the file exactly, from the first byte to the last without overlap, each raise a FileError naming `place`.
 */
export function decodeSafetensors(bytes: Uint8Array, place: string): Safetensors {
  const refuse = refuseFile(place)
  const length = headerLength(bytes, refuse)
  const { entries, metadata } = parseHeader(
    headerText(bytes.subarray(lengthField, lengthField + length), refuse),
    refuse,
  )
  const numbers = bytes.subarray(lengthField + length)
  checkLayout(entries, numbers.length, refuse)
  return {
    tensors: new Map(entries.map(entry => [entry.name, readTensor(entry, numbers, refuse)])),
    metadata,
  }
}

function headerText(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('the header is not UTF-8 text')
  }
}

/** Every byte belongs to exactly one tensor. */
function checkLayout(entries: Header['entries'], available: number, refuse: Refuse): void {
  let filled = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < filled)
      refuse(`tensor "${name}" begins at byte ${begin}, inside the one before, which ends at ${filled}`)
    if (begin > filled)
      refuse(`the bytes ${filled} to ${begin}, before tensor "${name}", belong to no tensor`)
    filled = end
  }
  if (filled !== available) refuse(`the tensors take ${filled} bytes, but ${available} came`)
}

function readTensor(
  { name, dtype, shape, begin, end }: TensorEntry,
  numbers: Uint8Array,
  refuse: Refuse,
): Tensor {
  const refuseTensor: Refuse = problem => refuse(`tensor "${name}": ${problem}`)
  const copy = new Uint8Array(numbers.subarray(begin, end)) // not slice: that of a Node Buffer shares memory
  return new Tensor(storedTypes[dtype]!.read(copy, refuseTensor), shape)
}

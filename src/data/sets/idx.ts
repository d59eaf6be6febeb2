import { FileError } from '../../base/errors.js'
import { formatCount } from '../../base/format.js'
import { formatShape, sizeOf } from '../../base/shape.js'
import { Tensor } from '../../base/tensor.js'

const unsignedByte = 0x08

/**
 * An array of bytes in LeCun's idx format: two zero bytes, the type (only unsigned bytes are read), the number of
 * axes, each axis as a big-endian 32-bit length, then the bytes. The result shares memory with `bytes`.
 *
 * @param place the file, for messages
 * @throws FileError when the header or the length is not right
 */
export function parseIdx(bytes: Uint8Array, place: string): Tensor<Uint8Array> {
  const shape = readShape(bytes, place)
  const start = 4 + 4 * shape.length
  const expected = start + sizeOf(shape)
  if (bytes.length !== expected)
    throw new FileError(
      `${place}: an idx file of ${formatShape(shape)} has ${formatCount(expected)} bytes, but this one has ${formatCount(bytes.length)}.`,
      bytes.length < expected
        ? 'The file was cut off: fetch it again.'
        : 'The file is damaged: fetch it again.',
    )
  return new Tensor(bytes.subarray(start), shape)
}

function readShape(bytes: Uint8Array, place: string): number[] {
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0)
    throw new FileError(
      `${place}: not an idx file (it starts with ${firstBytes(bytes)} instead of 00 00 08).`,
      'Give the original file, plain or as .gz.',
    )
  if (bytes[2] !== unsignedByte)
    throw new FileError(
      `${place}: idx numbers of type 0x${hex(bytes[2]!)} came, but only unsigned bytes (0x08) are read.`,
      'Save the pictures as unsigned bytes.',
    )
  const axes = bytes[3]!
  if (bytes.length < 4 + 4 * axes)
    throw new FileError(`${place}: the file ends within its header.`, 'It was cut off: fetch it again.')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis))
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')
const firstBytes = (bytes: Uint8Array): string =>
  bytes.length === 0 ? 'nothing' : Array.from(bytes.subarray(0, 4), hex).join(' ')

import { expect, test } from 'vitest'
import { countParams, flopOfPicture } from '../../bench/network.js'
import { onnxModel } from '../../bench/onnx/model.js'
import { Message } from '../../bench/onnx/protobuf.js'
import { modelFromName, Sequential } from '../../src/index.js'

test("the peers' network has as many parameters as the tutorial's", () => {
  const model = new Sequential(modelFromName('tutorial').layers([32, 32, 3], 10))
  expect(countParams()).toBe(model.countParams())
})

test('its work is that of the convolutions and the dense layers, three times for training but for the first layer', () => {
  const first = 2 * 32 * 32 * 64 * 27
  const convolutions =
    first + 2 * (32 * 32 * 64 * 576 + 16 * 16 * 32 * (576 + 288) + 8 * 8 * 16 * (288 + 144))
  const forward = convolutions + 2 * (1024 * 512 + 512 * 64 + 64 * 10)
  expect(flopOfPicture('infer')).toBe(forward)
  expect(flopOfPicture('train')).toBe(3 * forward - first)
})

test('messages are written as protocol buffers are', () => {
  const message = new Message().int(1, 150).text(2, 'testing').message(3, new Message().int(1, 0))
  const text = [...new TextEncoder().encode('testing')]
  expect([...message.toBytes()]).toEqual([0x08, 0x96, 1, 0x12, 7, ...text, 0x1a, 2, 0x08, 0])
})

/** The fields of a message: numbers, or bytes. */
function fieldsOf(bytes: Uint8Array): { field: number; value: number | Uint8Array }[] {
  const fields: { field: number; value: number | Uint8Array }[] = []
  let at = 0
  const varint = (): number => {
    let [value, unit] = [0, 1]
    for (; bytes[at]! >= 128; unit *= 128) value += (bytes[at++]! - 128) * unit
    return value + bytes[at++]! * unit
  }
  while (at < bytes.length) {
    const tag = varint()
    const number = varint()
    const isBytes = tag % 8 === 2
    fields.push({ field: tag >> 3, value: isBytes ? bytes.subarray(at, at + number) : number })
    if (isBytes) at += number
  }
  return fields
}

const parts = (bytes: Uint8Array, field: number): Uint8Array[] =>
  fieldsOf(bytes).flatMap(part => (part.field === field ? [part.value as Uint8Array] : []))

test('the ONNX file holds every weight, and its nodes lead from x to y', () => {
  const graph = parts(onnxModel(), 7)[0]!
  const weights = parts(graph, 5).map(tensor => parts(tensor, 9)[0]!.length / 4)
  expect(weights.reduce((sum, length) => sum + length)).toBe(countParams())
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const known = new Set(['x', ...parts(graph, 5).map(tensor => text(parts(tensor, 8)[0]!))])
  for (const node of parts(graph, 1)) {
    expect(
      parts(node, 1)
        .map(text)
        .filter(name => !known.has(name)),
    ).toEqual([])
    known.add(text(parts(node, 2)[0]!))
  }
  expect(known).toContain('y')
})

/** Height and width as the header of a BMP file says; the height is negative where rows go downwards. */
export function sizeOfBmp(bytes: Uint8Array): { height: number; width: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  // The header of OS/2 1.x has 16 bits for each.
  const [width, height] =
    view.getUint32(14, true) === 12
      ? [view.getUint16(18, true), view.getUint16(20, true)]
      : [view.getInt32(18, true), view.getInt32(22, true)]
  if (width <= 0 || height === 0) throw new RangeError('a BMP header without a size')
  return { height: Math.abs(height), width }
}

/** A BMP file as RGBA, the top row first. The decoder of the other kinds does not know this one. */
export async function decodeBmp(
  bytes: Uint8Array,
): Promise<{ height: number; width: number; rgba: Uint8Array }> {
  const { decode } = await import('bmp-ts')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const { data, height, width, bitPP } = decode(buffer, { toRGBA: true })
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.length)
  // Most writers of 32 bits leave the fourth byte 0, and mean no transparency by it.
  if (bitPP < 32 || rgba.every((value, i) => i % 4 !== 3 || value === 0)) fillAlpha(rgba)
  return { height: Math.abs(height), width, rgba }
}

function fillAlpha(rgba: Uint8Array): void {
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255
}

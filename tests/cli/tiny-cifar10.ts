import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const recordBytes = 3073

/**
 * CIFAR-10's files with a few made-up pictures each: plain areas whose brightness tells the class, with some noise.
 * A network learns them within seconds.
 */
export function writeTinyCifar10(folder: string, { perFile = 20, test = 30 } = {}): string {
  mkdirSync(folder, { recursive: true })
  for (let file = 1; file <= 5; file++)
    writeFileSync(join(folder, `data_batch_${file}.bin`), records(perFile, file))
  writeFileSync(join(folder, 'test_batch.bin'), records(test, 7))
  return folder
}

function records(count: number, salt: number): Uint8Array {
  const bytes = new Uint8Array(count * recordBytes)
  for (let record = 0; record < count; record++) {
    const label = record % 10
    bytes[record * recordBytes] = label
    for (let i = 1; i < recordBytes; i++)
      bytes[record * recordBytes + i] = 20 + 22 * label + ((i * 7 + record * 31 + salt * 13) % 17)
  }
  return bytes
}

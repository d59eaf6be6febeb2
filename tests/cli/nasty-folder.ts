import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { bomb } from '../../src/node/pictures/bomb.fixture.js'

/** What `makeNastyFolder` has made. Paths are told from the folder. */
export interface NastyFolder {
  /** Picture files that can be used. */
  readonly good: number
  /** Classes with pictures that can be used, in their order. */
  readonly classNames: readonly string[]
  /** Files that look like pictures by their names and are no use, by what is wrong with them. */
  readonly faulty: {
    readonly broken: readonly string[]
    readonly unknown: readonly string[]
    readonly tooLarge: readonly string[]
    /** Empty where the one who runs this may read everything, as root may. */
    readonly unreadable: readonly string[]
  }
  /** Two files of the same content in one class, and two in two classes. */
  readonly twins: readonly [string, string]
  readonly contradiction: readonly [string, string]
  /** A picture, and the same at half its size. */
  readonly alike: readonly [string, string]
  readonly emptyClass: string
}

/** Whether files without permissions are closed to whoever runs this. */
export const permissionsHold = process.platform !== 'win32' && process.getuid?.() !== 0

/** Pictures of each of the two large classes, odd ones aside. */
const plain = 24

/**
 * Makes a folder with a folder for each class (`cat`, `dog`, and one with a name nobody likes), in which there is everything that
 * folders of pictures have been seen to hold. It takes under a second and a few hundred kilobytes.
 *
 * @param path of the folder, which is made
 */
export async function makeNastyFolder(path: string): Promise<NastyFolder> {
  const at = async (name: string): Promise<string> => {
    const file = join(path, name)
    await mkdir(dirname(file), { recursive: true })
    return file
  }
  const write = async (name: string, bytes: Uint8Array | string) => writeFile(await at(name), bytes)
  let good = 0
  const writeGood = async (name: string, bytes: Uint8Array) => {
    good++
    await write(name, bytes)
  }

  for (let i = 0; i < plain; i++) {
    await writeGood(`cat/cat ${i}.jpg`, await drawn(i).jpeg().toBuffer())
    await writeGood(
      `dog/${i}.png`,
      await drawn(100 + i)
        .png()
        .toBuffer(),
    )
  }
  for (const [i, name] of oddNames.entries())
    await writeGood(
      `${oddClass}/${name}`,
      await drawn(200 + i)
        .png()
        .toBuffer(),
    )

  await writeGood('cat/one-pixel.png', await sharp(onePixel).png().toBuffer())
  await writeGood('cat/deep-grey.png', await drawn(300).toColourspace('grey16').png().toBuffer())
  await writeGood('dog/printed.jpg', await drawn(301).toColourspace('cmyk').jpeg().toBuffer())
  await writeGood('dog/wide.png', await drawn(302, 160, 40).png().toBuffer())

  const twin = await drawn(303).png().toBuffer()
  await writeGood('cat/twin.png', twin)
  await writeGood('cat/twin again.png', twin)
  const torn = await drawn(304).png().toBuffer()
  await writeGood('cat/which.png', torn)
  await writeGood('dog/which.png', torn)
  await writeGood('dog/full.png', await drawn(305, 128, 128).png().toBuffer())
  await writeGood('dog/half.jpg', await drawn(305, 128, 128).resize(64).jpeg({ quality: 70 }).toBuffer())

  const whole = await drawn(306, 128, 128).jpeg().toBuffer()
  await write('cat/cut off.jpg', whole.subarray(0, whole.length / 2))
  await write('dog/cut off.png', torn.subarray(0, torn.length - 40))
  await write('cat/page.jpg', '<!doctype html><title>404 Not Found</title>\n')
  await write('dog/empty.jpg', '')
  await write('dog/bomb.png', bomb())
  await write('dog/closed.png', await drawn(307).png().toBuffer())
  if (permissionsHold) await chmod(await at('dog/closed.png'), 0)
  else good++

  await write('notes.txt', 'Taken in May.')
  await write('cat/Thumbs.db', 'not for people')
  await mkdir(await at('fish'))
  await symlink('.', await at('cat/round'))
  await symlink('nowhere.jpg', await at('cat/lost.jpg'))
  return {
    good,
    classNames: ['cat', 'dog', oddClass],
    faulty: {
      broken: ['cat/cut off.jpg', 'dog/cut off.png'],
      unknown: ['cat/page.jpg', 'dog/empty.jpg'],
      tooLarge: ['dog/bomb.png'],
      unreadable: permissionsHold ? ['dog/closed.png'] : [],
    },
    twins: ['cat/twin.png', 'cat/twin again.png'],
    contradiction: ['cat/which.png', 'dog/which.png'],
    alike: ['dog/full.png', 'dog/half.jpg'],
    emptyClass: 'fish',
  }
}

const oddClass = '🐙 tintenfisch & co'

const oddNames = [
  'line\nbreak.png',
  'emoji 🐙🏽.png',
  "quote\"d 'twice'.png",
  'comma, semicolon;.png',
  '-dash.png',
]

const onePixel = { create: { width: 1, height: 1, channels: 3, background: '#c04020' } } as const

/** A picture of coloured spots, another for each number. */
function drawn(seed: number, width = 64, height = 64): Sharp {
  const spots = Array.from({ length: 9 }, (_, i) => {
    const turn = (seed + 1) * 2.399963 + i * (1.3 + (seed % 7) / 10)
    const [x, y] = [0.5 + 0.42 * Math.sin(3 * turn + i), 0.5 + 0.42 * Math.cos(5 * turn - i * i)]
    const radius = 0.08 + 0.12 * Math.abs(Math.sin(turn + seed))
    const hue = Math.round(360 * Math.abs(Math.sin(7 * turn)))
    const light = 25 + Math.round(60 * Math.abs(Math.cos(11 * turn)))
    return `<circle cx="${x * width}" cy="${y * height}" r="${radius * Math.min(width, height)}" fill="hsl(${hue},70%,${light}%)"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#777"/>${spots.join('')}</svg>`
  return sharp(Buffer.from(svg)).removeAlpha()
}

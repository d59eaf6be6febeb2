import { formatCount } from '../../base/format.js'
import { showName } from '../../node/folder/show-name.js'
import type { PictureFolder } from '../../node/folder-data/read-folder.js'
import type { FolderLook } from '../../node/folder-look/folder-look.js'
import { samplePictures } from '../../node/folder-look/sample-pictures.js'
import { drawClassSheet, mostRows, sheetColumns } from '../../viz/class-sheet.js'
import type { Drawing } from '../../viz/svg/drawing.js'
import { labelNamed } from '../named-class.js'

/** Pictures of one class, where it has the sheet to itself. */
const picturesOfOne = 20 * sheetColumns

/** Some pictures of each class, or many of one. */
export function drawSheet(folder: PictureFolder, look: FolderLook, className: string | undefined): Drawing {
  const labels =
    className === undefined
      ? look.classes.map((_, label) => label)
      : [labelNamed(className.normalize('NFC'), folder.listing.classNames)]
  const each = className === undefined ? sheetColumns : picturesOfOne
  const drawn = labels.slice(0, mostRows)
  return drawClassSheet({
    title: `Pictures in ${showName(look.name)}`,
    classes: drawn.map(label => {
      const { name, pictures } = look.classes[label]!
      return { name: showName(name), count: pictures, pictures: samplePictures(folder, label, each) }
    }),
    more: labels.length - drawn.length,
    caption: captionOf(folder, each),
  })
}

function captionOf({ store }: PictureFolder, each: number): string {
  const [height, width, channels] = store.rowShape
  return `Up to ${formatCount(each)} pictures of a class, at equal distances in the order of the hashes of their content, as training would see them: ${width}×${height} pixels, ${channels === 1 ? 'grey' : 'in colour'}.`
}

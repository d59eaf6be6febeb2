import { scriptOf } from '../../base/script-text.js'

// How a picture comes to the page: chosen, dropped, or pasted. It is sent to the page as text and stands alone.

/** Calls `take` with every picture the reader gives. */
export function listenForPictures(take: (picture: File) => void): void {
  const input = document.querySelector<HTMLInputElement>('[data-part="file"]')!
  const zone = document.querySelector<HTMLElement>('[data-part="drop"]')!
  const takeFirst = (files: FileList | null | undefined) => {
    const [file] = files ?? []
    if (file) take(file)
  }
  input.onchange = () => {
    takeFirst(input.files)
    input.value = '' // so that the same file can be chosen again
  }
  document.querySelector<HTMLElement>('[data-part="again"]')!.onclick = () => input.click()
  document.onpaste = event => takeFirst(event.clipboardData?.files)
  listenForDrops(zone, takeFirst)
}

/** A drop counts wherever it falls: beside the zone the browser would leave the page and open the file. */
export function listenForDrops(zone: HTMLElement, take: (files: FileList | undefined) => void): void {
  document.ondragover = event => {
    event.preventDefault()
    zone.classList.add('over')
  }
  document.ondragleave = event => {
    if (event.relatedTarget === null) zone.classList.remove('over')
  }
  document.ondrop = event => {
    event.preventDefault()
    zone.classList.remove('over')
    take(event.dataTransfer?.files)
  }
}

export const chooseScript = (): string => scriptOf(listenForPictures, listenForDrops)

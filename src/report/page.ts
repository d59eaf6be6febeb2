import { escapeText } from '../viz/svg/element.js'
import { pageStyle } from './page-style.js'

export interface PageParts {
  readonly title: string
  /** The page's content, as HTML. */
  readonly main: string
  readonly css?: string
  /** Scripts, run in their order when the page has been read. */
  readonly scripts?: readonly string[]
}

/** One HTML page that needs nothing but itself: no address outside is asked, so it opens without a network. */
export const htmlPage = ({ title, main, css = '', scripts = [] }: PageParts): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeText(title)}</title>
<style>${pageStyle()}${css}</style>
</head>
<body>
${main}
${scripts.map(script => `<script>${guarded(script)}</script>`).join('\n')}
</body>
</html>
`

/** A script must not hold the words that end it. */
const guarded = (script: string): string => script.replaceAll('</script', '<\\/script')

import { withFont } from '../../node/page-font.js'
import { pageMain } from './page-main.js'
import { pageScript } from './page-script.js'
import { servePageStyle } from './page-style.js'

export interface ServePage {
  readonly html: string
  /** What stands between the tags, to the letter. */
  readonly style: string
  readonly script: string
}

/** The page of a service. It needs nothing but the service: no other address is asked. */
export function servePage(): ServePage {
  const html = withFont(pageWith(servePageStyle(), pageScript()))
  return { html, style: between(html, 'style'), script: between(html, 'script') }
}

const between = (html: string, tag: string): string =>
  html.slice(html.indexOf(`<${tag}>`) + tag.length + 2, html.indexOf(`</${tag}>`))

const pageWith = (style: string, script: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>What does it see?</title>
<style>${style}</style>
</head>
<body>
${pageMain}
<script>${script}</script>
</body>
</html>
`

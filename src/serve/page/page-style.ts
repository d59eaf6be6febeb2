import { type InkName, inks } from '../../viz/svg/theme.js'

/** The page's style sheet: inks as variables, light, and dark where the reader prefers that. */
export const servePageStyle = (): string =>
  `:root{${variables('light')}}
@media (prefers-color-scheme:dark){:root{${variables('dark')}}}
${layout}`

const variables = (side: 'light' | 'dark'): string =>
  (Object.keys(inks) as InkName[]).map(name => `--${name}:${inks[name][side]}`).join(';')

const layout = `
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Arimo,Arial,Helvetica,'Liberation Sans',sans-serif}
header,main,footer{max-width:960px;margin:0 auto;padding:0 16px}
header{padding-top:32px}
footer{padding-top:24px;padding-bottom:32px;font-size:.9rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
p{margin:.5rem 0;max-width:68ch}
a{color:var(--train)}
.muted{color:var(--muted)}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:32px;margin-top:16px}
@media(max-width:720px){.columns{grid-template-columns:minmax(0,1fr);gap:12px}}
.row{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center}
.under{margin-top:12px;min-height:40px}
.drop{display:grid;place-items:center;min-height:240px;padding:12px;border:2px dashed var(--faint);border-radius:8px;background:var(--panel);cursor:pointer;text-align:center}
.drop.over{border-color:var(--accent);border-style:solid}
.drop:focus-within{outline:2px solid var(--train);outline-offset:2px}
.invitation{display:grid;gap:4px}
.invitation strong{color:var(--train);text-decoration:underline}
.frame{position:relative;display:block;overflow:hidden;line-height:0}
.frame>img{max-width:100%;max-height:60vh}
.frame.looked>img{filter:grayscale(1)}
.seen{position:absolute;pointer-events:none}
.seen img{width:100%;height:100%;display:block}
.switch{display:inline-flex;gap:8px;align-items:center;min-height:36px;cursor:pointer}
.switch input{width:18px;height:18px;accent-color:var(--accent)}
.status{font-size:1.3rem;line-height:1.3;margin-top:0;min-height:1.3em;overflow-wrap:anywhere}
.problem{color:var(--bad);white-space:pre-line;overflow-wrap:anywhere}
.problem:empty{display:none}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 0;font-weight:400;vertical-align:top}
.name{overflow-wrap:anywhere}
.share{text-align:right;padding-left:12px;white-space:nowrap;width:5.5em}
.bar{display:block;height:8px;margin-top:4px;border-radius:4px;background:var(--grid);overflow:hidden}
.bar i{display:block;height:100%;min-width:2px;background:var(--accent);border-radius:4px}
.unsure .bar i{background:var(--faint)}
.key{background:var(--panel);border-left:4px solid var(--accent);padding:12px 16px;margin:16px 0}
.key label{display:block;margin-bottom:4px}
button,input[type=password]{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--faint);border-radius:4px;padding:4px 12px;min-height:36px}
input[type=password]{flex:1 1 200px;max-width:420px;min-width:0}
button{cursor:pointer}
:focus-visible{outline:2px solid var(--train);outline-offset:2px}
.visually-hidden{position:absolute;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}
`

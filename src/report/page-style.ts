import { type InkName, inks, styleSheet } from '../viz/svg/theme.js'

/** The style sheet of a page: inks as variables (`--ink`, `--paper`, …), light, dark where the reader prefers that, light in print. */
export const pageStyle = (): string =>
  `:root{${variables('light')}}
@media screen and (prefers-color-scheme:dark){:root{${variables('dark')}}}
${styleSheet('auto').replace('@media (', '@media screen and (')}
${layout}`

const variables = (side: 'light' | 'dark'): string =>
  (Object.keys(inks) as InkName[]).map(name => `--${name}:${inks[name][side]}`).join(';')

const layout = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Arimo,Arial,Helvetica,'Liberation Sans',sans-serif}
main,header.top,nav.contents{max-width:1000px;margin:0 auto;padding:0 16px}
header.top{padding-top:32px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.3rem;line-height:1.25;margin:0 0 .5rem;scroll-margin-top:16px}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{max-width:68ch;margin:.5rem 0}
section{padding:28px 0;border-top:1px solid var(--grid)}
a{color:var(--train)}
.lead{font-size:1.1rem}
.muted{color:var(--muted)}
.figures{display:flex;flex-wrap:wrap;gap:24px;align-items:flex-start;margin:16px 0}
figure{margin:0;max-width:100%;min-width:0}
.scroll{overflow-x:auto;max-width:100%}
.scroll>svg{max-width:none}
svg{display:block;max-width:100%;height:auto}
ul{max-width:68ch}
.narrow-only{display:none}
@media(max-width:760px){.wide-only{display:none}.narrow-only{display:block}}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{text-align:right;padding:4px 10px;border-bottom:1px solid var(--grid);white-space:nowrap}
th:first-child,td:first-child{text-align:left}
th{font-weight:600;color:var(--muted)}
nav.contents ol{display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:12px 0 24px;list-style:none}
nav.contents a{text-decoration:none}
.verdict{background:var(--panel);border-left:4px solid var(--accent);padding:12px 16px;margin:16px 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin:16px 0;padding:0}
.facts div{background:var(--panel);padding:10px 14px}
.facts .long{grid-column:span 2}
.facts .long dd{font-size:1rem}
.facts dt{color:var(--muted);font-size:.8rem}
.facts dd{margin:0;font-size:1.15rem;font-weight:600}
button,input,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--faint);border-radius:4px;padding:4px 8px}
button{cursor:pointer}
:focus-visible{outline:2px solid var(--train);outline-offset:2px}
@media print{table{font-size:.72rem}th,td{padding:3px 6px}section,figure{break-inside:avoid}.figures{gap:12px}button,nav.contents{display:none}}
`

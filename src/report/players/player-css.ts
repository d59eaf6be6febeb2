/** The style sheet of players. Colours are the page's; where it has none, those of a light page. */
export const playerCss = `
.fovea-player{max-width:460px;margin:16px 0}
.fp-stage{border-radius:4px;overflow-x:auto}
.fp-stage svg{display:block;max-width:100%;height:auto}
.fp-stage text{font-family:Arimo,Arial,Helvetica,'Liberation Sans',sans-serif}
.fp-stage [data-stop]{cursor:pointer}
.fp-stage [data-stop]:hover .fp-plain{fill:var(--panel,#f4f6f8)}
.fp-title{font-size:12px;font-weight:700;fill:var(--ink,#1b2027)}
.fp-number{font-size:13px;text-anchor:middle;fill:var(--ink,#1b2027)}
.fp-weight{font-size:10px;font-weight:700;text-anchor:end;fill:var(--ink,#1b2027)}
.fp-cell,.fp-plain,.fp-margin{stroke:var(--faint,var(--muted,#aab3bd));stroke-width:1}
.fp-plain{fill:var(--paper,#fff)}
.fp-margin{fill:var(--panel,#f4f6f8);stroke-dasharray:3 3}
.fp-seam{fill:none;stroke:var(--paper,#fff);stroke-width:6;pointer-events:none}
.fp-frame{fill:none;stroke:var(--accent,#00805e);stroke-width:3;pointer-events:none}
.fp-equation{min-height:3.2em;margin:8px 0;font-size:.95rem;font-variant-numeric:tabular-nums}
.fp-controls{display:none;flex-wrap:wrap;gap:8px;align-items:center}
.fp-own{display:none;margin-top:12px}
.fp-live .fp-controls{display:flex}
.fp-live .fp-own{display:block}
.fp-controls button{min-width:4.2em;min-height:36px}
.fp-step{display:flex;flex:1 1 220px;gap:8px;align-items:center}
.fp-controls input[type=range]{flex:1 1 100px;min-width:80px;padding:0;accent-color:var(--accent,#00805e)}
.fp-count{min-width:4.5em;color:var(--muted,#5b6673);font-size:.9rem}
.fp-fields{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start;margin-top:8px}
.fp-fields fieldset{border:1px solid var(--line,#3c4650);border-radius:4px;padding:4px 8px 8px;margin:0;min-width:0}
.fp-grid{display:grid;grid-template-columns:repeat(var(--columns),minmax(0,3.6em));gap:3px}
.fp-grid input{width:100%;padding:3px 2px;text-align:center;-moz-appearance:textfield;appearance:textfield}
.fp-grid input::-webkit-inner-spin-button{display:none}
.fp-fields input[aria-invalid=true]{outline:2px dashed var(--bad,#bb4a00);background:var(--panel,#f4f6f8)}
.fp-choices{display:grid;grid-template-columns:auto 1fr;gap:6px 8px;align-items:center}
.fp-choices input{width:6em}
.fp-problem{min-height:1.4em;margin:6px 0;color:var(--bad,#bb4a00);font-size:.9rem}
@media print{.fp-live .fp-controls,.fp-live .fp-own{display:none}}
`

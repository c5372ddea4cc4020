/** Text, panels, tables and marks: what all panels share. */
export const BASE_CSS = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:var(--type-text)/1.5 var(--sans);font-variant-numeric:tabular-nums}
main{max-width:1216px;margin:0 auto;padding:var(--space-5);display:grid;grid-template-columns:minmax(0,1fr);gap:var(--space-5)}
h1,h2,h3,p,dl,dd,ul,figure,pre{margin:0;padding:0}
ul{list-style:none}
h1{font-size:var(--type-title);line-height:1.2;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:var(--type-heading);line-height:1.3;font-weight:650}
h3{font-size:var(--type-small);line-height:1.4;font-weight:600}
code,pre{font-family:var(--mono);font-size:.92em}
code{overflow-wrap:anywhere;unicode-bidi:isolate}
summary{cursor:pointer}
:focus-visible{outline:2px solid var(--series-1);outline-offset:2px}
.panel{background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);padding:var(--space-4) var(--space-5)}
.panel>h2{margin-bottom:var(--space-3)}
.note{color:var(--muted);font-size:var(--type-small)}
.quiet{color:var(--muted)}
.unit{color:var(--muted);font-size:.86em}
.mark{width:1em;height:1em;flex:none;fill:currentColor;translate:0 .12em}
.mark-sign{fill:none;stroke:var(--surface);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.tone-pass{color:var(--pass)}
.tone-warn{color:var(--warn)}
.tone-fail{color:var(--fail)}
.tone-none{color:var(--muted)}
.symbols{position:absolute;width:0;height:0}
`

/**
 * Tables: names to the left, numbers to the right; wide ones scroll inside their panel. In a slotted table
 * every number leaves the same room for a unit, so that digits stand below digits.
 */
export const TABLE_CSS = `
.scroll{position:relative;overflow-x:auto;margin:0 calc(-1*var(--space-5));padding:0 var(--space-5)}
table{border-collapse:collapse;width:100%;font-size:var(--type-small);line-height:1.4}
caption{text-align:left;font-weight:600;padding-bottom:var(--space-2)}
th,td{padding:var(--space-2) var(--space-3);text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line);font-weight:400}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
tbody:last-child>tr:last-child>*{border-bottom:0}
thead th{color:var(--muted);font-size:var(--type-note);white-space:nowrap;padding-top:0}
.number{text-align:right;white-space:nowrap}
.slotted .number .unit,.slotted thead .number::after{content:"";display:inline-block;width:var(--slot);text-align:left;white-space:pre}
td.text{overflow-wrap:anywhere;min-width:11em}
tbody th{overflow-wrap:anywhere;min-width:7.5em}
th code{color:var(--muted)}
.verdict{display:inline-flex;align-items:baseline;gap:var(--space-2);white-space:nowrap;font-weight:600}
`

/** Small screens and paper. */
export const MEDIA_CSS = `
@media (max-width:640px){
main{padding:var(--space-3);gap:var(--space-3)}
h1{font-size:var(--type-figure)}
.panel{padding:var(--space-4)}
.scroll{margin:0 calc(-1*var(--space-4));padding:0 var(--space-4)}
th,td{padding:var(--space-2)}
}
@page{margin:12mm}
@media print{
html{font-size:11px}
body{background:none;font-size:12px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:none;padding:0;gap:var(--space-4)}
.panel{padding:var(--space-3) var(--space-4)}
.panel>h2,caption,thead{break-after:avoid}
tr,figure,.card{break-inside:avoid}
.scroll{overflow:visible;margin:0;padding:0}
table,.note{font-size:10px}
thead th{font-size:9px}
th,td{padding:var(--space-1)}
.screen-only{display:none}
}
`

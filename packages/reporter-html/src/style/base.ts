/** Text, sections and marks: what all panels share. */
export const BASE_CSS = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:64px}
body{margin:0;background:var(--surface);color:var(--text);font:var(--type-text)/1.5 var(--sans);font-variant-numeric:tabular-nums}
.top{background:var(--ground);border-bottom:1px solid var(--line)}
.top-inner,main{max-width:var(--width);margin:0 auto;padding:var(--space-5) var(--gutter);display:grid;grid-template-columns:minmax(0,1fr);gap:var(--space-5)}
main{padding-top:0;gap:var(--space-6)}
h1,h2,h3,p,dl,dd,ul,ol,figure,pre,fieldset{margin:0;padding:0}
ul,ol{list-style:none}
fieldset{border:0;min-width:0}
h1{font-size:var(--type-title);line-height:1.2;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:var(--type-heading);line-height:1.3;font-weight:650;letter-spacing:-.01em}
h3{font-size:var(--type-small);line-height:1.4;font-weight:600}
code,pre{font-family:var(--mono);font-size:.92em}
code{overflow-wrap:anywhere;unicode-bidi:isolate}
summary{cursor:pointer}
:focus-visible{outline:2px solid var(--series-1);outline-offset:2px}
[hidden]{display:none!important}
.panel{border-top:1px solid var(--line);padding-top:var(--space-5)}
.panel>h2{margin-bottom:var(--space-4)}
.note{color:var(--muted);font-size:var(--type-small)}
.quiet{color:var(--muted)}
i{color:var(--muted);font-size:.86em;font-style:normal;font-weight:400}
.scope{display:none;margin-left:var(--space-2);padding:0 var(--space-2);border:1px solid var(--line);border-radius:var(--radius);color:var(--muted);font-size:var(--type-note);font-weight:400;letter-spacing:0;vertical-align:middle;white-space:nowrap}
:root[data-part] .scope{display:inline-block}
figure .scope,:root[data-part] figure .scope{display:none}
:root[data-part] figure.of-whole .scope{display:inline-block}
.hidden{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}
.mark{width:1em;height:1em;flex:none;fill:currentColor;translate:0 .12em}
.mark-sign{fill:none;stroke:var(--surface);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.tone-pass{color:var(--pass)}
.tone-warn{color:var(--warn)}
.tone-fail{color:var(--fail)}
.tone-none{color:var(--muted)}
.ground-pass{--tone:var(--pass)}
.ground-warn{--tone:var(--warn)}
.ground-fail{--tone:var(--fail)}
.ground-none{--tone:var(--edge)}
.symbols{position:absolute;width:0;height:0}
`

/**
 * Tables: names to the left, numbers to the right; wide ones scroll inside their panel. In a slotted table
 * every number leaves the same room for a unit, so that digits stand below digits.
 */
export const TABLE_CSS = `
/* The right edge of what goes on beyond it is shaded, until its end is scrolled to. */
.scroll{position:relative;overflow-x:auto;background:linear-gradient(to right,transparent,var(--surface) 70%) 100% 0/40px 100% no-repeat local,linear-gradient(to right,transparent,var(--line)) 100% 0/14px 100% no-repeat scroll}
table{border-collapse:collapse;width:100%;font-size:var(--type-small);line-height:1.4}
caption{text-align:left;font-weight:600;padding-bottom:var(--space-2)}
th,td{padding:7px var(--space-3);text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line);font-weight:400}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
tbody:last-child>tr:last-child>*{border-bottom:0}
thead th{color:var(--muted);font-size:var(--type-note);white-space:nowrap;padding-top:0}
.number,.numbers td{text-align:right;white-space:nowrap}
.slotted td i,.slotted .number:not(:has(i))::after,.slotted.numbers td:not(:has(i))::after{content:"";display:inline-block;width:var(--slot);text-align:left;white-space:pre}
td.text{overflow-wrap:anywhere;min-width:11em}
tbody th{overflow-wrap:anywhere;min-width:7.5em}
th code{color:var(--muted)}
.verdict{display:inline-flex;align-items:baseline;gap:var(--space-2);white-space:nowrap;font-weight:600}
`

/** Small screens and paper. */
export const MEDIA_CSS = `
@media (max-width:640px){
:root{--gutter:var(--space-4)}
.top-inner{gap:var(--space-4);padding-top:var(--space-4);padding-bottom:var(--space-4)}
h1{font-size:var(--type-verdict)}
th,td{padding:var(--space-2)}
}
@page{margin:12mm}
@media print{
html{font-size:11px}
body{font-size:12px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.top{background:none;border:0}
.top-inner,main{max-width:none;padding:0;gap:var(--space-4)}
.bar-inner{padding:0}
.panel{padding-top:var(--space-3)}
.panel>h2{margin-bottom:var(--space-2)}
.panel>h2,caption,thead{break-after:avoid}
tr,figure,.card,.error{break-inside:avoid}
.scroll{overflow:visible;background:none}
table,.note{font-size:10px}
thead th{font-size:9px}
th,td{padding:var(--space-1)}
.screen-only{display:none!important}
}
`

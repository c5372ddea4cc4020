/** The choice of a metric above its two drawings. */
export const DISTRIBUTION_STYLE = `
.metrics{display:flex;flex-wrap:wrap;gap:var(--space-2);margin-bottom:var(--space-4)}
.metrics label{position:relative}
.metrics input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.metrics span{display:block;font-size:var(--type-small);color:var(--muted);border:1px solid var(--line);border-radius:var(--radius);padding:var(--space-1) var(--space-3)}
.metrics input:hover+span{border-color:var(--edge);color:var(--text)}
.metrics input:checked+span{color:var(--text);font-weight:600;border-color:var(--series-1);background:var(--chosen-ground)}
.metrics input:focus-visible+span{outline:2px solid var(--series-1);outline-offset:2px}
/* Beside a part its curve has keys: both drawings keep in line. */
:root[data-part] #distributions .keys:empty{display:flex;min-height:26px}
#distributions .chart{height:260px}
@media (pointer:coarse){.metrics span{padding:var(--space-2) var(--space-3)}}
@media print{#distributions .chart{height:auto}}
`

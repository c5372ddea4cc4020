/** Boxes of the charts, their keys and the tooltip the page's script fills. */
export const CHART_STYLE = `
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--space-5) var(--space-6)}
.chart-hint{margin-bottom:var(--space-4)}
.charts-absent{margin-top:var(--space-4)}
figcaption{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:0 var(--space-4)}
.keys li{min-width:0;max-width:100%}
.keys{display:flex;flex-wrap:wrap;gap:0 var(--space-3)}
.key{appearance:none;max-width:100%;text-align:left;display:inline-flex;align-items:center;gap:var(--space-1);border:0;padding:var(--space-1) 0;background:none;color:var(--muted);font:inherit;font-size:var(--type-note);cursor:pointer;overflow-wrap:anywhere}
.key[aria-pressed=false]{opacity:.45;text-decoration:line-through}
.swatch{flex:none;width:20px;height:8px;stroke:var(--series);stroke-width:2;fill:none}
.swatch-dashed{stroke-dasharray:5 3}
.swatch-dotted{stroke-dasharray:2 2}
.swatch-block{stroke-width:8}
.chart{height:190px}
.chart svg{display:block}
.tip{font-size:var(--type-note);line-height:1.5;color:var(--text)}
.tip-time{color:var(--muted)}
.tip-row{display:grid;grid-template-columns:20px 1fr auto;gap:var(--space-2);align-items:center}
.tip-row span:last-child{text-align:right}
@media (max-width:900px){.charts{grid-template-columns:minmax(0,1fr)}}
@media (pointer:coarse){.chart-hint{display:none}.key{min-height:32px}}
@media print{figcaption h3{font-size:11px}.key{font-size:10px}.charts{grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--space-4)}.chart{height:auto}.chart>div:first-child{width:100%!important;height:auto!important}.chart svg{position:static!important;width:100%;height:auto}.tip-box{display:none!important}}
`

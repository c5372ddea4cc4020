/** Boxes of the charts, their keys, what moves them in time, their export and the tooltip the page's script fills. */
export const CHART_STYLE = `
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--space-6)}
.charts-absent{margin-top:var(--space-5)}
/* Keys may need two lines: drawings side by side keep in line. */
figure{min-width:0;display:flex;flex-direction:column}
figcaption{position:relative;display:grid;grid-template-columns:minmax(0,1fr) auto;align-items:center;gap:0 var(--space-4)}
figcaption h3{min-height:28px;display:flex;flex-wrap:wrap;align-items:center}
.keys{grid-area:2/1/3/3;display:flex;flex-wrap:wrap;gap:0 var(--space-4)}
.keys:empty{display:none}
.keys li{min-width:0;max-width:100%}
.key{appearance:none;max-width:100%;text-align:left;display:inline-flex;align-items:center;gap:var(--space-1);border:0;padding:var(--space-1) 0;background:none;color:var(--muted);font:inherit;font-size:var(--type-note);cursor:pointer;overflow-wrap:anywhere}
.key:hover{color:var(--text)}
.key[aria-pressed=false] .swatch{opacity:.3}
.key[aria-pressed=false]{text-decoration:line-through}
.swatch{flex:none;width:20px;height:8px;stroke:var(--series);stroke-width:2;fill:none}
.swatch-dashed{stroke-dasharray:5 3}
.swatch-dotted{stroke-dasharray:2 2}
.swatch-block{stroke-width:8}
.chart{height:204px;margin-top:auto}
.chart svg{display:block}
.undrawn{margin-top:var(--space-5)}
.charts:not(:has(>figure:not([hidden])))+.undrawn{margin-top:0}
.export summary,.zoom button{font-family:inherit;font-size:var(--type-note);color:var(--muted);background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);padding:2px var(--space-2);cursor:pointer;list-style:none}
.export summary::-webkit-details-marker{display:none}
.export summary:hover,.zoom button:hover{color:var(--text);border-color:var(--edge)}
.export-menu{position:absolute;right:0;top:32px;z-index:2;display:grid;background:var(--surface);border:1px solid var(--edge);border-radius:var(--radius);padding:var(--space-1)}
.export-menu button{font:inherit;font-size:var(--type-small);color:var(--text);text-align:left;background:none;border:0;border-radius:var(--radius);padding:var(--space-2) var(--space-3);cursor:pointer}
.export-menu button:hover{background:var(--chosen-ground)}
.zoom{margin-bottom:var(--space-5)}
.zoom-row{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:var(--space-1) var(--space-4);margin-bottom:var(--space-1)}
.zoom-range{font-size:var(--type-small);font-weight:600}
.zoom-buttons{display:flex;gap:var(--space-1)}
.zoom button{min-width:32px;min-height:28px;font-size:var(--type-small)}
.zoom button[aria-disabled=true]{opacity:.5;cursor:default}
.overview{height:44px}
.zoom-hint{font-size:var(--type-note);margin-top:var(--space-1)}
/* Below the charts, or in the place a last one leaves. */
.markers{grid-column:1/-1}
.markers h3{min-height:28px;display:flex;align-items:center}
@media (min-width:901px){.charts>figure:nth-child(odd of figure:not([hidden])):not(:has(~figure:not([hidden]))){align-self:start}.charts>figure:nth-child(odd of figure:not([hidden])):not(:has(~figure:not([hidden])))~.markers{grid-column:auto}}
.markers ol{columns:3 260px;column-gap:var(--space-6);margin-top:var(--space-2);font-size:var(--type-small);counter-reset:marker}
.markers li{display:flex;align-items:baseline;gap:var(--space-2);break-inside:avoid;padding:2px 0;overflow-wrap:anywhere;counter-increment:marker}
.markers li::before{content:counter(marker);flex:none;min-width:1.7em;padding:0 3px;border:1px solid var(--tone);border-radius:var(--radius);color:var(--tone);font-size:var(--type-note);line-height:1.4;text-align:center}
.marker-at{flex:none;color:var(--muted)}
.marker-stage,.marker-warm-up{--tone:var(--muted)}
.marker-first-error{--tone:var(--fail)}
.marker-threshold{--tone:var(--warn)}
.tip{font-size:var(--type-note);line-height:1.5;color:var(--text);max-width:300px;white-space:normal}
.tip-time{color:var(--muted)}
.tip-row{display:grid;grid-template-columns:20px 1fr auto;gap:var(--space-2);align-items:center}
.tip-row span:last-child{text-align:right}
.tip-mark{color:var(--muted);border-top:1px solid var(--line);margin-top:2px;padding-top:2px;overflow-wrap:anywhere}
@media (max-width:900px){.charts{grid-template-columns:minmax(0,1fr);gap:var(--space-5)}}
@media (pointer:coarse){.zoom-hint{display:none}.key{min-height:32px}.zoom button{min-height:40px;min-width:40px}.export summary{padding:var(--space-2) var(--space-3)}}
@media print{.markers ol{font-size:10px;columns:3 200px}figcaption h3{font-size:11px;min-height:0}.key{font-size:10px}.charts{grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--space-4)}.chart{height:auto}.chart>div:first-child{width:100%!important;height:auto!important}.chart svg{position:static!important;width:100%;height:auto}.tip-box{display:none!important}}
`

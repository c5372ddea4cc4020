const SVG = 'http://www.w3.org/2000/svg'

/** The sample of a line or a layer, as the keys above the charts show it. */
export function swatch(shape: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'swatch')
  svg.setAttribute('viewBox', '0 0 20 8')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('class', `swatch-${shape}`)
  path.setAttribute('d', 'M1 4h18')
  svg.append(path)
  return svg
}

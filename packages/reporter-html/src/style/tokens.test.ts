import { describe, expect, it } from 'vitest'
import { BAR_CSS } from '../bar.ts'
import { PANELS, TOP } from '../panels.ts'
import { BASE_CSS, MEDIA_CSS, TABLE_CSS } from './base.ts'
import { SCHEMES, TOKENS_CSS } from './tokens.ts'

type Rgb = readonly [number, number, number]

/** Linear light of a colour `#rrggbb`. */
function linear(hex: string): Rgb {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** Contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, b_] = linear(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b_
  }
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** How colours look to people with each deficiency at full strength: Machado, Oliveira, Fernandes 2009. */
const SIGHTS: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function dot([a, b, c]: Rgb, [x, y, z]: Rgb): number {
  return a * x + b * y + c * z
}

/** OKLab, where equal distances look equally far apart. */
function oklab(rgb: Rgb): Rgb {
  const long = Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], rgb))
  const middle = Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], rgb))
  const short = Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], rgb))
  const cones: Rgb = [long, middle, short]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

function seen(hex: string, sight: string): Rgb {
  const rows = SIGHTS[sight] ?? []
  const [r = 0, g = 0, b = 0] = rows.map((row) => Math.min(1, Math.max(0, dot(row, linear(hex)))))
  return oklab([r, g, b])
}

/** Smallest distance between any two colours, in hundredths. */
function closest(colours: readonly string[], sight: string): number {
  const labs = colours.map((colour) => seen(colour, sight))
  const distances = labs.flatMap((a, index) =>
    labs.slice(index + 1).map((b) => 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
  )
  return Math.min(...distances)
}

describe.each(Object.entries(SCHEMES))('the %s scheme', (_, scheme) => {
  it.each(Object.keys(SIGHTS))('keeps series apart for %s sight, the first ones best', (sight) => {
    expect(closest(scheme.series.slice(0, 3), sight)).toBeGreaterThan(20)
    expect(closest(scheme.series.slice(0, 5), sight)).toBeGreaterThan(12)
    expect(closest(scheme.series, sight)).toBeGreaterThan(8)
  })

  it('draws series and the edges of controls with a contrast of 3 to 1 at least', () => {
    for (const colour of scheme.series) expect(contrast(colour, scheme.surface)).toBeGreaterThanOrEqual(3)
    expect(contrast(scheme.edge, scheme.surface)).toBeGreaterThanOrEqual(3)
  })

  it('writes with a contrast of 4.5 to 1 at least', () => {
    for (const ink of ['text', 'muted', 'pass', 'warn', 'fail'] as const) {
      for (const paper of ['surface', 'ground'] as const) {
        expect(contrast(scheme[ink], scheme[paper]), `${ink} on ${paper}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    expect(contrast(scheme.warn, scheme['warn-ground'])).toBeGreaterThanOrEqual(4.5)
  })
})

const STYLES = [
  BASE_CSS,
  TABLE_CSS,
  BAR_CSS,
  MEDIA_CSS,
  ...[...TOP, ...PANELS].map(({ style }) => style),
].join('\n')

it('gives styles every colour: they name no other', () => {
  expect(STYLES.match(/#[\da-f]{3,8}\b|rgba?\(|hsla?\(/gi)).toBeNull()
})

it('has every token a style asks for', () => {
  const local = [...STYLES.matchAll(/(--[a-z-]+):/g)].map(([, name]) => name)
  for (const [, name] of STYLES.matchAll(/var\((--[a-z\d-]+)\)/g)) {
    expect(TOKENS_CSS.includes(`${name}:`) || local.includes(name), name).toBe(true)
  }
})

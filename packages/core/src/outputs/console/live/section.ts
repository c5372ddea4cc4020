/** Lines of the frame that belong together. */
export interface Section {
  /** Lines it has with everything in it. */
  readonly whole: number
  /** Fewest lines that still tell something. */
  readonly least: number
  /** Who gets lines first where there are too few: 0 before 1. */
  readonly rank: number
  /** @param rows at least `least`, at most `whole`. @returns no more than that. */
  lines(rows: number): readonly string[]
}

/** A line that keeps two sections apart, if there is room. */
export const GAP: Section = { whole: 1, least: 1, rank: 9, lines: () => [''] }

/** A section of lines that cannot be left out one by one. */
export function block(rank: number, ...lines: readonly string[]): Section {
  return { whole: lines.length, least: lines.length, rank, lines: () => lines }
}

/**
 * Shares out `rows` lines among sections: first what each cannot do without, then one line more to
 * each in turn. A section for whose least there is no room is left out.
 * @param sections in the order they are shown in.
 */
export function shareOut(sections: readonly Section[], rows: number): string[] {
  const given = new Map<Section, number>()
  const gaps = sections.filter((one) => one === GAP).length
  const ranked = sections.filter((one) => one !== GAP && one.whole > 0).toSorted((a, b) => a.rank - b.rank)
  let rest = rows
  for (const section of ranked) {
    if (section.least > rest) continue
    given.set(section, section.least)
    rest -= section.least
  }
  const spaced = rest >= gaps
  if (spaced) rest -= gaps
  for (let before = -1; rest > 0 && rest !== before;) {
    before = rest
    for (const section of ranked) {
      const has = given.get(section)
      if (has === undefined || has >= section.whole || rest === 0) continue
      given.set(section, has + 1)
      rest -= 1
    }
  }
  return withoutDoubleGaps(
    sections.flatMap((one) => {
      if (one === GAP) return spaced ? [''] : []
      const has = given.get(one)
      return has === undefined ? [] : one.lines(has)
    }),
  )
}

/** Neither two empty lines in a row nor one at the end. */
function withoutDoubleGaps(lines: readonly string[]): string[] {
  const single = lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
  return single.at(-1) === '' ? single.slice(0, -1) : single
}

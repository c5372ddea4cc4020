import { describe, expect, it } from 'vitest'
import { HOSTILE_SUMMARY, SUMMARY } from './__fixtures__/summary.ts'
import { code, codeCell, prose, table } from './markdown-marks.ts'
import { markdownText } from './markdown-text.ts'

describe('--out markdown', () => {
  it('reads like this', () => {
    expect(markdownText(SUMMARY)).toMatchInlineSnapshot(`
      "## ❌ \`scenarios/spike.ts\`: thresholds failed

      2 of 3 thresholds failed

      16.8s from 2026-11-20 14:25 UTC · run \`spike_20261120_142501_abcd\` · exit code 99 · generator ⚠️ degraded
      <br>openai at \`http://gpu-1:8000/v1\`: vllm 0.11.0

      ### Thresholds

      |  | metric | threshold | observed |
      | --- | --- | --- | ---: |
      | ❌ | \`ttft\` | \`p(95)<550\` | 1.06s |
      | ✅ | \`request_failed\` | \`rate<2%\` | 1.16% |
      | ❌ | \`checks{kind:x}\` | \`rate>0.9\` | no data, ended the run |

      ### Numbers

      258 requests (15.5/s) · 1.16% failed · 1,552 output tokens/s · 12 iterations dropped

      |  | avg | med | p(90) | p(95) | p(99) | max |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      | \`ttft\` | 590ms | 708ms | 827ms | 945ms | 1.06s | 1.18s |
      | \`tpot\` | 26.3ms | 31.5ms | 36.8ms | 42.0ms | 47.3ms | 52.5ms |

      ### Scenarios

      |  | load | started | completed | dropped | interrupted | ttft p(95) | tpot p(95) | e2e p(95) | failed |
      | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      | \`chat\` | 4 VUs for 16s | 130 | 128 | 0 | 2 | 1.20s | — | — | 50.00% |
      | \`batch\` | 8 iterations/s for 16s | 128 | 128 | 12 | 0 | 600ms | — | — | — |

      ### Parts

      |  | requests | ttft p(95) | tpot p(95) | e2e p(95) | failed |
      | --- | ---: | ---: | ---: | ---: | ---: |
      | \`turn 2\` | — | 400ms | — | — | — |

      ### Checks

      |  | check | got instead | passed | failed |
      | --- | --- | --- | ---: | ---: |
      | ❌ | \`short enough\` | \`412\` | 200 | 58 |
      | ✅ | \`answered\` |  | 258 | 0 |

      ### Errors

      | class | message | requests |
      | --- | --- | ---: |
      | \`rate_limited\` |  | **3** |
      |  | \`slow down, please\` | 2 |
      |  | other messages | 1 |

      ### Generator

      - Worker 0 spent 94% of a core at second 12; start with --workers 4.

      ### Notes

      - 3 of 258 answers came without token counts; chunks were counted instead.
      "
    `)
  })

  it('shows iterations where a script makes no requests', () => {
    const metrics = SUMMARY.metrics.filter(({ name }) => name === 'iteration_duration')
    expect(markdownText({ ...SUMMARY, metrics })).toContain('| `iteration_duration` |')
  })

  it('mentions nobody, and lets no text of a script, a model or a server out of its place', () => {
    const text = markdownText(HOSTILE_SUMMARY).replaceAll(/^(`{3,})text\n.*?\n\1$/gms, '')
    const outsideOfCode = text.replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    expect(outsideOfCode).not.toMatch(/@you|(?<!\\)<b>|(?<!\\)\*bold|(?<!\\)\[x/)
    // No line begins where a text has a line end in it, and no table row has a cell too many.
    expect(text).not.toMatch(/^=SUM/m)
    const tables = text.split('\n\n').filter((part) => part.startsWith('|'))
    const cells = (line: string) => line.split(/(?<!\\)(?:\\\\)*\|/).length
    expect(tables).toHaveLength(6)
    for (const one of tables) expect(new Set(one.trim().split('\n').map(cells)).size).toBe(1)
  })
})

describe('a code span', () => {
  it.each([
    ['ttft', '`ttft`'],
    ['', ''],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['two\nlines', '`two lines`'],
  ])('of %j is %s', (text, marked) => {
    expect(code(text)).toBe(marked)
  })
})

describe('a code span in a table', () => {
  it.each([
    ['a|b', String.raw`a\|b`],
    [String.raw`a\|b`, String.raw`a\\\|b`],
    [String.raw`a\\|b`, String.raw`a\\\|b`],
  ])('keeps the bar of %j within its cell', (text, marked) => {
    expect(codeCell(text)).toBe(`\`${marked}\``)
  })
})

describe('prose', () => {
  it('is without markup and mentions', () => {
    expect(prose('<i>@me, *you* and a_b|c</i>')).toBe(
      String.raw`\<i\>` + '@\u200Bme, ' + String.raw`\*you\* and a\_b\|c\</i\>`,
    )
  })
})

describe('a table', () => {
  it('counts the rows it does not show', () => {
    expect(table(['a'], [['1'], ['2'], ['3']], { most: 2 })).toEqual([
      '| a |',
      '| --- |',
      '| 1 |',
      '| 2 |',
      '',
      '… and 1 more',
    ])
  })
})

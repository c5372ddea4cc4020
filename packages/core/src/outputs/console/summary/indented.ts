import type { Paint } from '../paint.ts'
import { wrap } from '../wrap.ts'
import { WIDTH } from './sections.ts'

/** Text below what it is about, in lines that fit. @param by columns it stands in. */
export function indented(text: string, by: number, paint: Paint): string[] {
  return wrap(text, WIDTH - by).map((line) => `${' '.repeat(by)}${paint.dim(line)}`)
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project.ts'

/** A fenced block of a page. */
export interface Block {
  readonly page: string
  /** 1-based, among the blocks of its page. */
  readonly number: number
  readonly language: string
  readonly text: string
  /** Named by a comment in the first line: `// load.ts`. */
  readonly file: string | undefined
}

/** Every Markdown page a reader comes upon, from the root of the clone. */
export function pages(): readonly string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  return ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)].toSorted(
    (a, b) => (a < b ? -1 : 1),
  )
}

export function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return Array.from(
    textOf(page).matchAll(/^(`{3,})(\w+)\n(.*?)^\1$/gms),
    ([, , language = '', text = ''], index) => ({
      page,
      number: index + 1,
      language,
      text,
      file: /^(?:\/\/|#) ([\w./-]+\.\w+)$/m.exec(text.split('\n', 1)[0] ?? '')?.[1],
    }),
  )
}

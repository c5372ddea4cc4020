/** A property or method of an interface. */
export interface Member {
  readonly name: string
  readonly optional: boolean
  readonly type: string
  readonly doc: Doc
}

/** What a comment says behind `@name`, joined by `; ` where it does so several times. */
export function tagOf({ tags }: Doc, name: string): string {
  return tags
    .filter(({ tag }) => tag === name)
    .map(({ text }) => text)
    .join('; ')
}

/** A comment in front of a declaration, its tags apart. */
export interface Doc {
  readonly text: string
  readonly tags: readonly { readonly tag: string; readonly text: string }[]
}

export interface Declaration {
  readonly name: string
  readonly doc: Doc
  /** The declaration as it stands, without its comment. */
  readonly text: string
  /** Of an interface. */
  readonly members: readonly Member[]
  /** Of an interface: what it extends. */
  readonly bases: readonly string[]
}

const COMMENT = String.raw`(?:^[ \t]*\/\*\*((?:(?!\*\/)[^])*)\*\/\s*?\n)?`
const START = new RegExp(
  `${COMMENT}^(?:export )?(?:declare )?(?:abstract )?(interface|type|class|const|function) (\\w+)`,
  'gm',
)
/** A member whose type is an object goes on to the line that closes it. */
const MEMBER = new RegExp(
  `${COMMENT}^( +)(?:readonly )?(\\w+)(\\?)?: (.*\\{\\n(?:(?!\\2\\})[^])*?^\\2\\}.*?|.+?);?$`,
  'gm',
)

/**
 * The top-level declarations of a source or `.d.ts` file, by name. It reads what this repository's
 * formatter and compiler write, where a declaration ends at the first line that is not indented.
 */
export function declarationsOf(source: string): ReadonlyMap<string, Declaration> {
  const found = Array.from(source.matchAll(START), (match) => {
    const [whole, comment, kind = '', name = ''] = match
    const lineOfName = source.lastIndexOf('\n', match.index + whole.length) + 1
    const text = declarationAt(source, lineOfName, kind)
    const [, bases = ''] = /^.* extends ([^{]+)\{/.exec(text) ?? []
    const declaration: Declaration = {
      name,
      doc: readDoc(comment),
      text,
      members: kind === 'interface' ? membersOf(text) : [],
      bases: kind === 'interface' ? bases.split(',').flatMap((base) => base.trim() || []) : [],
    }
    return [name, declaration] as const
  })
  return new Map(found)
}

/** The lines up to the one that closes the declaration. */
function declarationAt(source: string, at: number, kind: string): string {
  const lines = source.slice(at).split('\n')
  const isBlock = /[{(]\s*$/.test(lines[0] ?? '')
  const end = isBlock
    ? lines.findIndex((line, index) => index > 0 && /^[})]/.test(line))
    : lines.findIndex((_, index) => kind !== 'type' || !/^\s+\S/.test(lines[index + 1] ?? ''))
  return lines.slice(0, end + 1).join('\n')
}

function membersOf(text: string): Member[] {
  return Array.from(text.matchAll(MEMBER), ([, comment, , name = '', optional, type = '']) => ({
    name,
    optional: optional !== undefined,
    type: type.replaceAll(/\/\*\*[^]*?\*\//g, '').replaceAll(/\s+/g, ' '),
    doc: readDoc(comment),
  }))
}

function readDoc(comment: string | undefined): Doc {
  const lines = (comment ?? '').split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
  const [text = '', ...tags] = lines
    .join('\n')
    .split(/(?:^|\s)@(?=(?:param|returns|throws|default|example)\b)/)
  const plain = (part: string) => part.replaceAll(/\s+/g, ' ').trim()
  return {
    text: plain(text),
    tags: tags.map((part) => {
      const [, tag = '', rest = ''] = /^(\w+)\s+([^]*)$/.exec(part) ?? []
      return { tag, text: plain(rest) }
    }),
  }
}

import { readFileSync } from 'node:fs'
import { type Declaration, declarationsOf, type Doc, type Member, tagOf } from './declarations.ts'
import { code, fenced, GENERATED, table } from './markdown.ts'

const DIST = new URL('../../packages/core/dist/', import.meta.url)

/** Types that have no export of their own and stand in those that have. */
const ALSO: readonly (readonly [name: string, file: string])[] = [
  ['CallSettings', './model/call.ts'],
  ['GenerationSettings', './model/call.ts'],
  ['CallTimings', './model/exchange.ts'],
  ['Usage', './model/part.ts'],
  ['Failure', './model/failure.ts'],
  ['Timeouts', './model/timeouts.ts'],
  ['InstanceFacts', './script/scope.ts'],
  ['ClientSettings', './model/provider.ts'],
]

/** What docs/reference/options.md is about. */
const ELSEWHERE = /model\/(?:options|scenario)\.ts$/

/** docs/reference/script-api.md: what a script imports, from the declarations the compiler wrote. */
export function scriptApiPage(): string {
  const exported = exportsOf(read('index.d.ts')).filter(([, file]) => !ELSEWHERE.test(file))
  const all = [...exported, ...ALSO.filter(([name]) => !exported.some(([known]) => known === name))]
  const declarations = all.map(([name, file]) => find(name, file))
  const values = declarations.filter(
    ({ text }) => !/^(?:export )?(?:declare )?(?:interface|type) /.test(text),
  )
  const types = declarations.filter((declaration) => !values.includes(declaration))
  return [
    GENERATED,
    '# What a script can use',
    'From `loadbench`. The types of `options` have [a page of their own](options.md), the clients are those of ' +
      '[the providers](../providers.md), and `loadbench/http` is [plain HTTP](../http.md). How it fits together: ' +
      '[scripts](../scripts.md).',
    ...values.map(section),
    '## Types',
    ...types.map(section),
  ].join('\n\n')
}

function read(file: string): string {
  return readFileSync(new URL(file, DIST), 'utf8')
}

/** Each exported name and the file it comes from. */
function exportsOf(index: string): (readonly [name: string, file: string])[] {
  return Array.from(index.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g)).flatMap(
    ([, names = '', file = '']) =>
      names
        .split(',')
        .map((name) => name.replace(/\s*type\s+/, '').trim())
        .filter((name) => name !== '')
        .map((name) => [name, file] as const),
  )
}

function find(name: string, file: string): Declaration {
  const all = declarationsOf(read(file.replace(/\.ts$/, '.d.ts')))
  const found = all.get(name)
  if (found === undefined) throw new Error(`${file} declares no ${name}`)
  const [heir, base = ''] = / extends (\w+) \{\n/.exec(found.text) ?? []
  const inherited = all.get(base)
  if (heir === undefined || inherited === undefined || !inherited.text.includes('class ')) return found
  // A class of the file itself that nobody can import: what it has is shown with its heir.
  const [, methods = ''] = /\{\n([^]*)^\}/m.exec(inherited.text) ?? []
  const own = found.text.replace(heir, ' {\n').replace(/^ +add\(.*\n/m, '')
  return { ...found, text: own.replace(/^\}/m, `${methods}}`) }
}

function section(declaration: Declaration): string {
  const { name, doc, text, members, bases } = declaration
  const inherited = bases.length === 0 ? [] : [`All of ${bases.map((base) => code(base)).join(', ')}, and:`]
  const body =
    members.length === 0
      ? [fenced('typescript', withoutNoise(text))]
      : [
          ...inherited,
          table(
            ['field', 'meaning', 'type'],
            members.map((member) => [
              code(member.optional ? `${member.name}?` : member.name),
              withDefault(member),
              code(member.type.replaceAll('readonly ', '')),
            ]),
          ),
        ]
  return [`### ${name}`, doc.text, ...body, ...tagLines(doc)].filter((part) => part !== '').join('\n\n')
}

function withDefault({ doc }: Member): string {
  const standard = tagOf(doc, 'default')
  return standard === '' ? doc.text : `${doc.text} Default: ${standard}.`
}

function tagLines({ tags }: Doc): string[] {
  const lines = tags.map(({ tag, text }) => {
    if (tag === 'param') return text.replace(/^(\w+)\s+/, '- `$1`: ')
    return `- ${tag}: ${text}`
  })
  return lines.length === 0 ? [] : [lines.join('\n')]
}

/** Without what only the compiler wants to see. */
function withoutNoise(text: string): string {
  return text
    .replace(/^export /, '')
    .replace(/^declare /, '')
    .replaceAll(/^ +(?:#private|private |protected |readonly \[MARK\]).*\n/gm, '')
    .replaceAll(/;$/gm, '')
}

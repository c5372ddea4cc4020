import { readFileSync } from 'node:fs'
import { LOAD_FLAGS } from '../../packages/core/src/cli/load-flags.ts'
import type { OptionKey } from '../../packages/core/src/plan/option-schemas.ts'
import { ENVIRONMENT_OPTIONS, flagOf } from '../../packages/core/src/plan/option-names.ts'
import { type Declaration, declarationsOf, type Member, tagOf } from './declarations.ts'
import { code, GENERATED, table } from './markdown.ts'

const SOURCES = ['options.ts', 'scenario.ts'].map(
  (file) => new URL(`../../packages/core/src/model/${file}`, import.meta.url),
)

/** Flags that leave something out are named after what they leave out. */
const NEGATED: Readonly<Record<string, string>> = {
  thresholds: '--no-thresholds',
  noSetup: '--no-setup',
  noTeardown: '--no-teardown',
}

/** docs/reference/options.md: every option of a script, from its types and their comments. */
export function optionsPage(): string {
  const types = new Map(SOURCES.flatMap((file) => [...declarationsOf(readFileSync(file, 'utf8'))]))
  const of = (name: string): Declaration => {
    const found = types.get(name)
    if (found === undefined) throw new Error(`there is no type ${name}`)
    return found
  }
  const executors = [
    ['shared-iterations', 'SharedIterations'],
    ['per-vu-iterations', 'PerVuIterations'],
    ['constant-vus', 'ConstantVus'],
    ['ramping-vus', 'RampingVus'],
    ['constant-arrival-rate', 'ConstantArrivalRate'],
    ['ramping-arrival-rate', 'RampingArrivalRate'],
  ] as const
  return [
    GENERATED,
    '# Options',
    'What `export const options` may hold. A value comes from the first of these that sets it: a flag, the environment, ' +
      'the script, the file given with `--config`, the default. Setting one of `vus`, `duration`, `iterations`, `stages` or ' +
      '`scenarios` in one place takes all of them out of the places below. `loadbench inspect` prints what came out, and ' +
      'from where.',
    'A duration is a number of milliseconds or a text such as `30s`, `1m30s`, `500ms`.',
    topLevel(of('Options')),
    '## Every scenario',
    members(of('ScenarioBase')),
    ...executors.flatMap(([executor, type]) => [
      `## ${executor}`,
      of(type).doc.text,
      members(of(type), ...bases(of(type), of)),
    ]),
    '## Stages',
    members(of('Stage')),
    '## Thresholds',
    `${of('Threshold').doc.text} Examples: ${of('Threshold')
      .doc.tags.map(({ text }) => code(text))
      .join(', ')}. As an object:`,
    thresholdMembers(of('Threshold')),
    'The expressions: [thresholds](../thresholds.md).',
    '## Service-level objectives',
    of('Slo').doc.text,
    members(of('Slo')),
    '## Pricing',
    of('Pricing').doc.text,
    members(of('Pricing')),
    '## Environment',
    'Variables of `loadbench` itself; a script reads its own from `process.env`.',
    table(
      ['variable', 'option', 'example', 'meaning'],
      ENVIRONMENT_OPTIONS.map(({ variable, option, example, meaning }) => [
        code(variable),
        code(option),
        code(example),
        meaning,
      ]),
    ),
  ].join('\n\n')
}

/** What a type inherits, apart from what every scenario has. */
function bases(declaration: Declaration, of: (name: string) => Declaration): readonly Declaration[] {
  return declaration.bases.filter((base) => base !== 'ScenarioBase').map(of)
}

function topLevel({ members: options }: Declaration): string {
  return table(
    ['option', 'meaning', 'default', 'example', 'environment, flag'],
    options.map((option) => {
      const variable = ENVIRONMENT_OPTIONS.find((each) => each.option === option.name)?.variable
      const elsewhere = [variable, flagFor(option.name as OptionKey)].filter((name) => name !== undefined)
      return [...cells(option), elsewhere.map((name) => code(name)).join(', ')]
    }),
  )
}

function cells({ name, doc }: Member): string[] {
  return [code(name), doc.text, value(tagOf(doc, 'default')), value(tagOf(doc, 'example'))]
}

/** A value as code; words as they are. */
function value(text: string): string {
  const isWords = /^[a-z][a-z :]* [a-z]/.test(text) || text === 'none'
  return isWords || text.includes('`') ? text : code(text)
}

function flagFor(option: OptionKey): string | undefined {
  const flag = NEGATED[option] ?? flagOf(option)
  return flag.replace(/^--(?:no-)?/, '') in LOAD_FLAGS ? flag : undefined
}

function members(...declarations: readonly Declaration[]): string {
  const rows = declarations.flatMap((declaration) => declaration.members)
  return table(
    ['key', 'meaning', 'default', 'example'],
    rows.filter(({ name }) => name !== 'executor').map(cells),
  )
}

/** `Threshold` is a union; its second half is an object. */
function thresholdMembers({ text }: Declaration): string {
  const [, body = ''] = /\{\n([^]*)\}/.exec(text) ?? []
  const [declaration] = declarationsOf(`interface Threshold {\n${body}\n}\n`).values()
  if (declaration === undefined) throw new Error('Threshold has no object form')
  return members(declaration)
}

import type { CheckSummary, Summary, ThresholdSummary } from '../model/summary.ts'
import { EndFile } from './end-file.ts'
import { percent, plain } from './figures.ts'
import { shownMessages } from './messages.ts'
import { observedText } from './observed.ts'
import type { Output, OutputContext } from './output.ts'
import { xmlText, type XmlElement } from './xml.ts'

/** Exit code of a run that `--strict-health` failed. */
const STRICT_HEALTH = 90

type Facts = Pick<OutputContext, 'strictHealth'>

/** `--out junit=FILE`: the verdicts of a run as JUnit XML, which Jenkins and GitLab read. */
export class JunitOutput implements Output {
  readonly #file: EndFile
  readonly #facts: Facts

  constructor(file: string, facts: Facts) {
    this.#file = new EndFile(file)
    this.#facts = facts
  }

  /** @throws when the file cannot be written. */
  async start(): Promise<void> {
    await this.#file.check()
  }

  /** @throws when the file cannot be written. */
  async end(summary: Summary): Promise<void> {
    await this.#file.write(junitText(summary, this.#facts))
  }
}

interface Case {
  readonly name: string
  readonly seconds?: number
  /** A verdict against the server or the script is a failure; a run that broke off is an error. */
  readonly problem?: { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string }
}

/**
 * Three suites: a case for each threshold, for each check (failed where it failed once) and for the
 * run itself. Fits the schema of Jenkins' xUnit plugin.
 */
export function junitText(summary: Summary, facts: Facts): string {
  const suites = [
    { name: 'thresholds', cases: summary.thresholds.map(thresholdCase) },
    { name: 'checks', cases: summary.checks.map(checkCase) },
    { name: 'run', cases: [endCase(summary), ...healthCases(summary, facts)], text: notes(summary) },
  ].filter(({ cases }) => cases.length > 0)
  return xmlText({
    name: 'testsuites',
    attributes: { name: 'loadbench', ...counts(suites.flatMap(({ cases }) => cases)) },
    content: suites.map(({ name, cases, text = '' }): XmlElement => {
      const { script, startedAt } = summary.run
      const attributes = { name, ...counts(cases), skipped: 0, timestamp: startedAt, file: script }
      const testcases = cases.map((one) => caseElement(one, `${packageOf(script)}.${name}`))
      return { name: 'testsuite', attributes, content: [...testcases, ...textElements(text)] }
    }),
  })
}

function thresholdCase(threshold: ThresholdSummary): Case {
  const { metric, expression, passed, aborted } = threshold
  const name = `${metric} ${expression}`
  if (passed) return { name }
  const end = aborted ? '; this ended the run' : ''
  const message = `${observedText(threshold)} instead of ${expression}${end}`
  return { name, problem: { kind: 'failure', type: 'threshold', message } }
}

function checkCase({ name, passes, fails, example }: CheckSummary): Case {
  if (fails === 0) return { name }
  const all = passes + fails
  const instead = example === undefined ? '' : `\ngot instead: ${example}`
  const message = `${plain(fails)} of ${plain(all)} failed (${percent(fails / all)})${instead}`
  return { name, problem: { kind: 'failure', type: 'check', message } }
}

/** Thresholds and the generator have cases of their own; everything else that fails a run breaks it off. */
function endCase({ run }: Summary): Case {
  const own: Case = { name: 'the run came to its end', seconds: run.durationMs / 1_000 }
  const broken = !['passed', 'thresholds-failed'].includes(run.outcome) && run.exitCode !== STRICT_HEALTH
  if (!broken) return own
  const message = run.reason ?? `exit code ${run.exitCode}`
  return { ...own, problem: { kind: 'error', type: run.outcome, message } }
}

function healthCases({ health }: Summary, { strictHealth }: Facts): Case[] {
  if (!strictHealth) return []
  const name = 'the generator can be trusted'
  if (health.verdict !== 'invalid') return [{ name }]
  return [{ name, problem: { kind: 'failure', type: 'generator', message: health.reasons.join('\n') } }]
}

function caseElement({ name, seconds = 0, problem }: Case, classname: string): XmlElement {
  const attributes = { name, classname, time: seconds.toFixed(3) }
  if (problem === undefined) return { name: 'testcase', attributes }
  const { kind, type, message } = problem
  // The attribute is a headline; stacks and hints belong into the text.
  const [headline = ''] = message.split('\n')
  const content = [{ name: kind, attributes: { type, message: headline }, content: message }]
  return { name: 'testcase', attributes, content }
}

function counts(cases: readonly Case[]) {
  const of = (kind: string) => cases.filter(({ problem }) => problem?.kind === kind).length
  const time = cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0).toFixed(3)
  return { tests: cases.length, failures: of('failure'), errors: of('error'), time }
}

/** `scenarios/spike.ts` as `scenarios.spike`: readers of JUnit group cases by packages. */
function packageOf(script: string): string {
  const words = script.replace(/\.[mc]?[jt]s$/, '').split(/[\\/]+/)
  return words.filter((word) => !/^\.*$/.test(word)).join('.')
}

/** What stands beside the verdicts: why the generator is what it is, warnings, failed requests. */
function notes({ health, warnings, errors, scriptErrors = [] }: Summary): string {
  return [
    `generator: ${health.unjudged ?? health.verdict}`,
    ...health.reasons,
    ...warnings,
    ...errors.flatMap((error) => {
      const { shown, further } = shownMessages(error)
      return [
        `${error.class}: ${plain(error.count)} requests`,
        ...shown.map(
          ({ message, count }) => `  ${count === undefined ? 'e.g.' : `${plain(count)}×`} ${message}`,
        ),
        ...(further > 0 ? [`  ${plain(further)}× other messages`] : []),
      ]
    }),
    ...scriptErrors.flatMap(({ kind, scenario, count, messages }) => [
      kind === 'iteration'
        ? `${plain(count)} iterations of ${scenario} failed`
        : `${plain(count)} unhandled rejections`,
      ...messages.map((one) => `  ${plain(one.count)}× ${one.message}`),
    ]),
  ].join('\n')
}

function textElements(text: string): XmlElement[] {
  return text === '' ? [] : [{ name: 'system-out', content: text }]
}

import { appendFile } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import type { Summary } from '../model/summary.ts'
import { markdownText } from './markdown-text.ts'
import { observedText } from './observed.ts'
import type { Output, OutputContext } from './output.ts'

/** GitHub shows no more annotations of one kind per step. */
const MOST = 10

type Facts = Pick<OutputContext, 'cwd' | 'env' | 'print'>

/** Whether the command runs in a job of GitHub Actions. */
export function isOnGithub(env: OutputContext['env']): boolean {
  return env['GITHUB_ACTIONS'] === 'true'
}

/**
 * What a job of GitHub Actions gets by itself: the run in the job's summary, an error for each failed
 * threshold and for a run that broke off, a warning where the generator is not trustworthy or the run
 * passed without having measured anything.
 */
export class GithubOutput implements Output {
  readonly #facts: Facts

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** @throws when the job's summary cannot be written; the annotations are out by then. */
  async end(summary: Summary): Promise<void> {
    const { cwd, env, print } = this.#facts
    for (const line of annotations(summary, fileOf(summary.run.script, cwd, env))) print(line)
    const file = env['GITHUB_STEP_SUMMARY']
    // Runs of one step follow each other.
    if (file !== undefined && file !== '') await appendFile(file, `${markdownText(summary)}\n`)
  }
}

/** The script as GitHub finds it in the repository; outside of it there is none to point at. */
function fileOf(script: string, cwd: string, env: Facts['env']): string | undefined {
  const path = relative(env['GITHUB_WORKSPACE'] ?? cwd, resolve(cwd, script)).replaceAll('\\', '/')
  return path.startsWith('../') || isAbsolute(path) ? undefined : path
}

function annotations(summary: Summary, file: string | undefined): string[] {
  const { run, health, thresholds } = summary
  const failed = thresholds.filter(({ passed }) => !passed)
  const errors = failed.map((one) => ({
    title: `Threshold failed: ${one.metric} ${one.expression}`,
    message: `observed: ${observedText(one)}${one.aborted ? '; this ended the run' : ''}`,
  }))
  if (run.exitCode !== 0 && run.outcome !== 'thresholds-failed')
    errors.unshift({ title: `loadbench: ${run.outcome}`, message: run.reason ?? `exit code ${run.exitCode}` })
  const shown = errors.length > MOST ? errors.slice(0, MOST - 1) : errors
  const rest = errors.length - shown.length
  if (rest > 0) shown.push({ title: 'loadbench', message: `${rest} more thresholds failed` })
  const lines = shown.map(({ title, message }) => command('error', { file, title }, message))
  if (run.exitCode === 0 && run.reason !== undefined)
    lines.push(command('warning', { file, title: `loadbench: ${run.outcome}` }, run.reason))
  if (health.verdict === 'trustworthy') return lines
  const title = `The load generator is ${health.verdict}`
  return [...lines, command('warning', { file, title }, health.reasons.join('\n'))]
}

/** A line that the runner of GitHub Actions takes for itself. */
function command(
  name: string,
  properties: Readonly<Record<string, string | undefined>>,
  message: string,
): string {
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`],
  )
  return `::${name} ${written.join(',')}::${data(message)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

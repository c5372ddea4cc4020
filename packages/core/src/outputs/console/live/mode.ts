/**
 * Whether a stream may be painted on: a terminal that can move its cursor, in front of a person. The
 * log of a CI job is none, also where the job gives it a terminal.
 */
export function isPaintable(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  const ci = env['CI'] ?? ''
  const inCi = ci !== '' && ci !== '0' && ci !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb' && !inCi
}

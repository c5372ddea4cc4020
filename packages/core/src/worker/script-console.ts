import { format } from 'node:util'
import type { MainLink } from './main-link.ts'
import type { LogLevel } from './protocol.ts'

const LEVELS: readonly (readonly [method: 'log' | 'info' | 'warn' | 'error' | 'debug', level: LogLevel])[] = [
  ['log', 'info'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
  ['debug', 'debug'],
]

/** Sends what a script prints to the main thread, which knows where the progress line stands. */
export function captureConsole(link: MainLink): void {
  for (const [method, level] of LEVELS) {
    console[method] = (...values: unknown[]) => link.log(level, format(...values))
  }
}

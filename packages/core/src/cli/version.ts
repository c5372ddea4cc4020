import { createRequire } from 'node:module'

/** The version of the running copy of loadbench. */
export const VERSION: string = (createRequire(import.meta.url)('../../package.json') as { version: string })
  .version

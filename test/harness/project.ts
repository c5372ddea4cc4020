import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { runLoadbench, type Ran, type RunSettings } from './loadbench.ts'

/** The root of the clone. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const projects = realpathSync(mkdtempSync(join(tmpdir(), 'loadbench-test-')))
afterAll(() => rmSync(projects, { recursive: true, force: true, maxRetries: 5 }))

/** A user's project: a folder outside of the repository with scripts, their packages and results. */
export interface Project {
  readonly folder: string
  write(path: string, text: string): void
  /** Text of a file; throws where there is none. */
  read(path: string): string
  /** Names in a folder; none where it does not exist. */
  list(path?: string): string[]
  /** Runs the command line in the project. */
  loadbench(args: readonly string[], settings?: RunSettings): Promise<Ran>
}

/**
 * Makes a project; it is deleted when the test file is done. `@loadbench/*` resolves to the packages
 * of this repository. Packages the project needs beside them are files below `node_modules/`.
 */
export function makeProject(files: Readonly<Record<string, string>> = {}): Project {
  const folder = mkdtempSync(join(projects, 'project-'))
  const project: Project = {
    folder,
    write(path, text) {
      const file = join(folder, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    list: (path = '.') => (existsSync(join(folder, path)) ? readdirSync(join(folder, path)).toSorted() : []),
    loadbench: (args, settings = {}) => runLoadbench(args, { cwd: folder, ...settings }),
  }
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(ROOT, 'node_modules/@loadbench'), join(folder, 'node_modules/@loadbench'), 'dir')
  for (const [path, text] of Object.entries(files)) project.write(path, text)
  return project
}

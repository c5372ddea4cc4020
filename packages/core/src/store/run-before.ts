import { access, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FILES } from './layout.ts'

/**
 * The report of the last run of the same script before this one, to compare with; `undefined` where there is
 * none beside it.
 */
export async function reportBefore(folder: string): Promise<string | undefined> {
  const name = basename(folder)
  const [script] = /^.*(?=_\d{8}_\d{6}_[a-z]{4}$)/.exec(name) ?? []
  if (script === undefined) return undefined
  const beside = await readdir(dirname(folder)).catch(() => [])
  // Their names sort by time.
  const earlier = beside.filter((one) => one.startsWith(`${script}_`) && one < name).toSorted()
  const report = join(dirname(folder), earlier.at(-1) ?? '', FILES.report)
  return earlier.length > 0 && (await isThere(report)) ? report : undefined
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

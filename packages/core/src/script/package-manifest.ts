import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The fields of a package.json that loadbench looks at. */
export type PackageManifest = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

const known = new Map<string, PackageManifest | undefined>()

/** The package.json a folder belongs to: its own or that of the nearest folder above which has a `name`. */
export async function findManifest(folder: string): Promise<PackageManifest | undefined> {
  if (known.has(folder)) return known.get(folder)
  const above = dirname(folder)
  const own = await read(join(folder, 'package.json'))
  const manifest = own ?? (above === folder ? undefined : await findManifest(above))
  known.set(folder, manifest)
  return manifest
}

/** A package.json without a name only marks a folder's module type. */
async function read(file: string): Promise<PackageManifest | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof manifest === 'object' && manifest !== null && 'name' in manifest
      ? (manifest as PackageManifest)
      : undefined
  } catch {
    return undefined
  }
}

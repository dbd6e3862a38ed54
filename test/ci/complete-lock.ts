/**
 * Completes package-lock.json where the registry in use does not serve a package's builds for other platforms: npm
 * then leaves them out of the lock, and `npm ci` refuses such a lock. Run it after each `npm install`:
 * `npm run complete-lock`. The entries are what npm would write, without the integrity that only a download tells.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface LockEntry {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const file = new URL('../../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockEntry> }
const added: Record<string, LockEntry> = {}

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = freePlace(path, name, version)
    if (place !== undefined) added[place] = platformEntry(name, version, entry)
  }
}
const all = { ...lock.packages, ...added }
lock.packages = Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`package-lock.json: ${Object.keys(added).length} platform builds added\n`)

/** Where the build belongs: beside its parent unless a fitting one is found already; undefined if one is. */
function freePlace(parent: string, name: string, version: string): string | undefined {
  const nested = `${parent}/node_modules/${name}`
  const top = `node_modules/${name}`
  const found = lock.packages[nested] ?? lock.packages[top] ?? added[top]
  if (found === undefined) return top
  return found.version === version || !/^\d/.test(version) ? undefined : nested
}

function platformEntry(name: string, version: string, parent: LockEntry): LockEntry {
  const words = name.split(/[-/]/)
  const os = OPERATING_SYSTEMS.filter((word) => words.includes(word))
  const cpu = PROCESSORS.filter((word) => words.includes(word))
  if (cpu.length === 0) throw new Error(`${name} is optional and names no platform: look at it by hand`)
  return {
    version,
    cpu,
    ...(parent.dev === undefined ? {} : { dev: parent.dev }),
    optional: true,
    ...(os.length === 0 ? {} : { os }),
  }
}

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Packages that a comparison needs and the product does not, in exact versions. */
export interface Peers<Name extends string> {
  /** Installs them into a folder of their own, unless these are there. */
  readonly install: () => void
  /** One of them: the caller says what it needs of it. */
  readonly load: (name: Name) => unknown
}

/** Peers in a folder under `.revgraph`. */
export function peersIn<Name extends string>(
  folderName: string,
  packages: Readonly<Record<Name, string>>,
): Peers<Name> {
  const folder = new URL(`../.revgraph/${folderName}/`, import.meta.url).pathname
  const manifest = JSON.stringify({ private: true, dependencies: packages }, null, 2)
  return {
    install: () => {
      const done = join(folder, 'installed.json')
      if (existsSync(done) && readFileSync(done, 'utf8') === manifest) return
      process.stdout.write(`installing the peers into ${folder}\n`)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'package.json'), manifest)
      execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: folder,
        stdio: 'ignore',
      })
      writeFileSync(done, manifest)
    },
    load: createRequire(folder) as (name: Name) => unknown,
  }
}

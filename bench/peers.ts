import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The peers and what they stand on, in exact versions. They are no part of the product. */
const PACKAGES = {
  '@apollo/gateway': '2.14.4',
  '@apollo/server': '5.5.1',
  '@apollo/subgraph': '2.14.4',
  '@graphql-hive/gateway-runtime': '2.12.1',
  '@graphql-hive/router-runtime': '1.4.23',
  '@graphql-mesh/transport-http': '1.2.1',
  graphql: '16.15.0',
  'graphql-jit': '0.8.9',
}

const folder = new URL('../../.revgraph/bench-peers/', import.meta.url).pathname
const manifest = JSON.stringify({ private: true, dependencies: PACKAGES }, null, 2)

/** Installs the peers into a folder of their own, unless these are there. */
export function installPeers(): void {
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
}

/** A package of the peers: the caller says what it needs of it. */
export const peer = createRequire(folder) as (name: keyof typeof PACKAGES) => unknown

// The PostgreSQL cluster: the data folder that initdb makes on the first start, and the secret that opens it.
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '#platform/log.ts'
import { PostgresError } from './errors.ts'
import { exists, type Account, type Place } from './place.ts'
import { explainFailure, killGroup, logBytes, run, untilEnded } from './process.ts'

/** The superuser that owns the cluster. */
export const clusterUser = 'revgraph'

/** The only address that its server listens on. */
export const serverHost = '127.0.0.1'

const initTimeoutMs = 60_000
const passwordBytes = 24
const unfinishedPrefix = 'data.new-'

const clusterOptions: readonly string[] = [
  `--username=${clusterUser}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
]

/**
 * Makes the data folder unless it is there. It gets its name when it is complete, so a start that was killed leaves
 * nothing that looks like a store. Throws PostgresError or file errors.
 */
export async function createCluster(place: Place, programs: string, log: Log): Promise<void> {
  if (await exists(place.data)) return
  log.info({ folder: place.folder }, 'creating the PostgreSQL cluster')
  await removeUnfinished(place)
  const unfinished = await mkdtemp(join(place.folder, unfinishedPrefix))
  await writeFile(place.password, newPassword(), { flag: 'wx', mode: 0o600 })
  if (place.account !== undefined) await giveTo(place.account, [unfinished, place.password])
  await runInitdb(place, programs, unfinished)
  await rename(unfinished, place.data)
}

/** What a start left that was killed on the way. */
async function removeUnfinished(place: Place): Promise<void> {
  await rm(place.password, { force: true })
  for (const name of await readdir(place.folder)) {
    if (!name.startsWith(unfinishedPrefix)) continue
    await rm(join(place.folder, name), { recursive: true, maxRetries: 5 })
  }
}

/** A secret must not be foreseeable: here, randomness does not come from a seed. */
function newPassword(): string {
  return randomBytes(passwordBytes).toString('base64url')
}

async function giveTo(account: Account, paths: readonly string[]): Promise<void> {
  for (const path of paths) await chown(path, account.uid, account.gid)
}

async function runInitdb(place: Place, programs: string, folder: string): Promise<void> {
  const logStart = await logBytes(place.log)
  const options = [`--pgdata=${folder}`, `--pwfile=${place.password}`, ...clusterOptions]
  const child = await run(join(programs, 'initdb'), options, place)
  if (!(await untilEnded(child, initTimeoutMs))) {
    killGroup(child)
    throw new PostgresError('TIMED_OUT', `initdb did not end in ${initTimeoutMs} ms in ${place.folder}`)
  }
  if (child.exitCode === 0) return
  throw await explainFailure('initdb', place, logStart)
}

// The locks between processes: who excludes whom, and what a death leaves behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tryFileLock, type LockMode } from '#platform/postgres/file-lock.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'revgraph-lock-'))
  file = join(folder, 'a.lock')
})
afterEach(async () => await rm(folder, { recursive: true }))

it.each<{ held: LockMode; wanted: LockMode; granted: boolean }>([
  { held: 'shared', wanted: 'shared', granted: true },
  { held: 'shared', wanted: 'exclusive', granted: false },
  { held: 'exclusive', wanted: 'shared', granted: false },
  { held: 'exclusive', wanted: 'exclusive', granted: false },
])('while it is held $held, $wanted is granted: $granted', ({ held, wanted, granted }) => {
  const holder = tryFileLock(file, held)
  const other = tryFileLock(file, wanted)
  expect(other !== undefined).toBe(granted)
  other?.release()
  holder?.release()
  const last = tryFileLock(file, 'exclusive')
  expect(last, 'all released').toBeDefined()
  last?.release()
})

it('is dropped by the kill -9 of its holder', async () => {
  const script = `
    import { tryFileLock } from '#platform/postgres/file-lock.ts'
    globalThis.lock = tryFileLock(process.argv[1], 'exclusive')
    process.stdout.write('held')
    setTimeout(() => {}, 60_000)`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script, file])
  await once(holder.stdout, 'data')
  expect(tryFileLock(file, 'shared'), 'while the holder lives').toBeUndefined()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const lock = tryFileLock(file, 'exclusive')
  expect(lock, 'after its death').toBeDefined()
  lock?.release()
})

it('can be taken only by who may read the file', async () => {
  tryFileLock(file, 'shared')?.release()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

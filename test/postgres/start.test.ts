// The embedded PostgreSQL with its real programs: who may connect, who stops it, and what survives which death.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { mayEnter, parseAccounts, pathTo, preferredAccount, sharedFolder } from '#platform/postgres/place.ts'
import { isServerOf, readPostmaster, shutDown } from '#platform/postgres/process.ts'
import { startPostgres, type RunningPostgres } from '#platform/postgres/start.ts'

const silent = pino({ level: 'silent' })
const addressShape = z.object({ url: z.string(), adopted: z.boolean() })
const linksShape = z.array(z.object({ target: z.string() }))
type Address = z.infer<typeof addressShape>
const isRoot = process.getuid?.() === 0
const canBecomeAnother = isRoot && (await othersMayEnter(process.cwd()))
/** Starts the server, prints it as a line of JSON, stops it when its input ends. */
const starter = `
  import { pino } from 'pino'
  import { startPostgres } from '#platform/postgres/start.ts'
  const server = await startPostgres({ home: process.argv[1], log: pino({ level: 'silent' }) })
  process.stdout.write(JSON.stringify(server) + '\\n')
  process.stdin.resume().on('end', () => server.stop())`

let root: string
let home: string
const children: ChildProcess[] = []
const homes = new Set<string>()

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'revgraph-postgres-')))
  await chmod(root, 0o711)
  home = join(root, 'home')
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const used of homes) await stopLeftover(used)
})
afterAll(async () => {
  for (const used of homes) await rm(sharedFolder(used), { recursive: true, force: true })
  await rm(root, { recursive: true })
})

describe('a server', () => {
  it('is set up for money: durable, UTF-8, in UTC, with a database of its own', async () => {
    const server = await start()
    expect(server.adopted).toBe(false)
    const settings = await query(
      server.url,
      `SELECT current_database() AS database, current_setting('server_encoding') AS encoding,
         current_setting('fsync') AS fsync, current_setting('data_checksums') AS checksums,
         current_setting('timezone') AS timezone, current_setting('max_connections') AS connections,
         current_setting('shared_buffers') AS buffers,
         (SELECT datlocale FROM pg_database WHERE datname = current_database()) AS locale`,
    )
    expect(settings).toEqual([
      {
        database: 'revgraph',
        encoding: 'UTF8',
        fsync: 'on',
        checksums: 'on',
        timezone: 'UTC',
        connections: '200',
        buffers: '256MB',
        locale: 'C.UTF-8',
      },
    ])
    await server.stop()
  })

  it('lets in nobody without the password, and only on this machine', async () => {
    const server = await start()
    const guessed = server.url.replace(/:[^:@]+@/, ':guessed@')
    await expect(query(guessed, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    const rules = await query(server.url, 'SELECT DISTINCT auth_method FROM pg_hba_file_rules')
    expect(rules).toEqual([{ auth_method: 'scram-sha-256' }])
    const doors = await query(
      server.url,
      `SELECT current_setting('listen_addresses') AS tcp, current_setting('unix_socket_directories') AS sockets,
         inet_server_addr() AS came_over_tcp`,
    )
    // A folder of mode 700: the socket in it is the server's account's alone.
    const data = await realpath(join(home, 'postgres/data'))
    expect(doors).toEqual([{ tcp: '127.0.0.1', sockets: data, came_over_tcp: null }])
    await server.stop()
  })

  it('keeps its secrets, its data and the locks from other users, and never runs as root', async () => {
    await (await start()).stop()
    const modeOf = async (file: string) => (await stat(join(home, 'postgres', file))).mode & 0o777
    expect(await modeOf('password')).toBe(0o600)
    expect(await modeOf('server.log')).toBe(0o600)
    expect(await modeOf('gate.lock')).toBe(0o600)
    expect(await modeOf('users.lock')).toBe(0o600)
    expect(await modeOf('data')).toBe(0o700)
    expect((await stat(join(home, 'postgres/data'))).uid).not.toBe(0)
  })

  it('has its libraries linked in the copy of its programs', async () => {
    await (await start()).stop()
    const runtimes = (await readdir(join(home, 'postgres'))).filter((name) => name.startsWith('runtime-'))
    expect(runtimes).toHaveLength(1)
    const runtime = join(home, 'postgres', runtimes[0] ?? '')
    const links = linksShape.parse(JSON.parse(await readFile(join(runtime, 'pg-symlinks.json'), 'utf8')))
    expect(links.length).toBeGreaterThan(0)
    for (const { target } of links) {
      expect((await stat(join(runtime, target.replace('native/', '')))).isFile(), target).toBe(true)
    }
  })

  it('keeps its log within bounds', async () => {
    await (await start()).stop()
    const tooLong = 9 * 1024 * 1024
    await writeFile(join(home, 'postgres/server.log'), 'x'.repeat(tooLong), { flag: 'a' })
    const server = await start()
    expect((await stat(join(home, 'postgres/server.log'))).size).toBeLessThan(tooLong)
    expect((await stat(join(home, 'postgres/server.log.1'))).size).toBeGreaterThanOrEqual(tooLong)
    await server.stop()
  })
})

describe('starting and stopping', () => {
  it('keeps rows and the port over a stop', async () => {
    const first = await start()
    await keepRow(first, 'before the stop')
    await first.stop()
    const second = await start()
    expect(second).toMatchObject({ adopted: false, url: first.url })
    expect(await rows(second)).toContain('before the stop')
    await second.stop()
  })

  it('takes another port when its own is taken', async () => {
    const first = await start()
    await keepRow(first, 'at the first port')
    await first.stop()
    const port = Number(new URL(first.url).port)
    const stranger = createServer().listen(port, '127.0.0.1')
    await once(stranger, 'listening')
    const second = await start()
    expect(Number(new URL(second.url).port)).not.toBe(port)
    expect(await rows(second)).toContain('at the first port')
    await second.stop()
    stranger.close()
  })

  it('a second start joins; the last one to stop shuts the server down, whoever started it', async () => {
    const starting = await start()
    const joining = await start()
    expect(joining).toMatchObject({ adopted: true, url: starting.url })
    await starting.stop()
    await expect(keepRow(joining, 'after the starter left')).resolves.toBeUndefined()
    await joining.stop()
    expect(await readPostmaster(join(home, 'postgres/data'))).toBeUndefined()
  })

  it('stopping twice is stopping once', async () => {
    const [starting, joining] = [await start(), await start()]
    await starting.stop()
    await starting.stop()
    await expect(keepRow(joining, 'after two stops')).resolves.toBeUndefined()
    await joining.stop()
  })

  it('first starts at the same time, after one that was killed half-way, make one server', async () => {
    const fresh = join(root, 'fresh')
    await mkdir(join(fresh, 'postgres/data.new-killed/base'), { recursive: true })
    await writeFile(join(fresh, 'postgres/password'), 'of a cluster that never was')
    const servers = await Promise.all([start(fresh), start(fresh), start(fresh)])
    expect(servers.filter((server) => server.adopted)).toHaveLength(2)
    expect(new Set(servers.map((server) => server.url)).size).toBe(1)
    expect(await readdir(join(fresh, 'postgres'))).not.toContain('data.new-killed')
    await Promise.all(servers.map(async (server) => await server.stop()))
    expect(await readPostmaster(join(fresh, 'postgres/data'))).toBeUndefined()
  })
})

describe('after a death', () => {
  it('of the server: no row is lost, though a session that outlives it holds its lock', async () => {
    const server = await start()
    await keepRow(server, 'before the death of the server')
    const busy = query(server.url, 'SELECT count(*) FROM generate_series(1, 8000000)')
    const ending = Promise.allSettled([busy])
    await untilRunning(server.url, 'generate_series')
    process.kill(await serverPid(), 'SIGKILL')
    const next = await start()
    expect(next.adopted).toBe(false)
    expect(await readFile(join(home, 'postgres/server.log'), 'utf8')).toMatch(
      /pre-existing shared memory block/,
    )
    expect(await rows(next)).toContain('before the death of the server')
    await ending
    await next.stop()
    await server.stop()
  })

  it('of the process that started it: the server goes on, the next start joins and its stop stops it', async () => {
    const { child, server } = await startInChild()
    await keepRow(server, 'before the death of the starter')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const next = await start()
    expect(next).toMatchObject({ adopted: true, url: server.url })
    expect(await rows(next)).toContain('before the death of the starter')
    await next.stop()
    expect(await readPostmaster(join(home, 'postgres/data'))).toBeUndefined()
  })

  it('by Ctrl-C, which goes to a whole process group: the server is not in it', async () => {
    const { child, server } = await startInChild()
    process.kill(-(child.pid ?? 0), 'SIGINT')
    await once(child, 'exit')
    await expect(keepRow(server, 'after the Ctrl-C')).resolves.toBeUndefined()
  })

  it('whose lock names a process id that somebody else has got since: starts all the same', async () => {
    const server = await start()
    await keepRow(server, 'before the id was reused')
    const lock = await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8')
    await server.stop()
    const account = await stat(join(home, 'postgres/data'))
    const stranger = spawn('sleep', ['60'], { uid: account.uid, gid: account.gid })
    children.push(stranger)
    await once(stranger, 'spawn')
    await writeFile(join(home, 'postgres/data/postmaster.pid'), lock.replace(/^\d+/, String(stranger.pid)))
    const next = await start()
    expect(next.adopted).toBe(false)
    expect(await rows(next)).toContain('before the id was reused')
    expect(stranger.exitCode, 'the stranger lives').toBeNull()
    await next.stop()
  })
})

describe('homes', () => {
  it('one that cannot be made is an error that names it', async () => {
    const file = join(root, 'file')
    await writeFile(file, '')
    const starting = start(join(file, 'home'))
    await expect(starting).rejects.toMatchObject({ code: 'HOME_UNUSABLE' })
    await expect(starting).rejects.toThrow(join(file, 'home'))
  })

  it.runIf(isRoot)(
    'one that others cannot enter: the data lies outside, where a link in it points',
    async () => {
      const closed = join(root, 'closed')
      await mkdir(join(closed, 'home'), { recursive: true })
      await chmod(closed, 0o700)
      const first = await start(join(closed, 'home'))
      await keepRow(first, 'in a closed home')
      await first.stop()
      const second = await start(join(closed, 'home'))
      expect(await rows(second)).toEqual(['in a closed home'])
      await second.stop()
      expect(await realpath(join(closed, 'home/postgres'))).toBe(sharedFolder(join(closed, 'home')))
    },
  )

  it.runIf(isRoot)(
    'one that was closed later is an error that says what to open, not an empty store',
    async () => {
      const closed = join(root, 'closed-later')
      await (await start(join(closed, 'home'))).stop()
      await chmod(closed, 0o700)
      const starting = start(join(closed, 'home'))
      await expect(starting).rejects.toMatchObject({ code: 'HOME_UNUSABLE' })
      await expect(starting).rejects.toThrow(`chmod o+x ${closed}`)
      await chmod(closed, 0o711)
      await (await start(join(closed, 'home'))).stop()
    },
  )

  it.runIf(canBecomeAnother)(
    'one of an ordinary user: the server is his, and root joins and stops it as well',
    async () => {
      const theirs = join(root, 'theirs')
      const user = await ordinaryUser()
      await mkdir(theirs, { mode: 0o700 })
      await chown(theirs, user.uid, user.gid)
      const { child, server } = await startInChild(theirs, user)
      await keepRow(server, 'of an ordinary user')
      expect((await stat(join(theirs, 'postgres/data'))).uid).toBe(user.uid)
      const roots = await start(theirs)
      expect(roots.adopted).toBe(true)
      child.stdin?.end()
      await once(child, 'exit')
      expect(await rows(roots)).toEqual(['of an ordinary user'])
      await roots.stop()
      const again = await startInChild(theirs, user)
      expect(await rows(again.server)).toEqual(['of an ordinary user'])
      again.child.stdin?.end()
      await once(again.child, 'exit')
    },
  )

  it.runIf(canBecomeAnother)(
    'one of somebody else is an error for an ordinary user, and names both',
    async () => {
      await (await start()).stop()
      const user = await ordinaryUser()
      await expect(startInChild(home, user)).rejects.toThrow(/HOME_UNUSABLE|belongs to uid/)
    },
  )
})

async function start(where = home): Promise<RunningPostgres> {
  homes.add(where)
  return await startPostgres({ home: where, log: silent })
}

/** Starts in a process of its own; rejects with what it wrote if it ends without a server. */
async function startInChild(
  where = home,
  user: { readonly uid?: number; readonly gid?: number } = {},
): Promise<{ child: ChildProcess; server: Address }> {
  homes.add(where)
  const child = spawn(process.execPath, ['--input-type=module', '--eval', starter, where], {
    detached: true,
    ...user,
  })
  children.push(child)
  const [answer, complaint] = [createInterface(child.stdout), text(child.stderr)]
  for await (const line of answer) return { child, server: addressShape.parse(JSON.parse(line)) }
  throw new Error(await complaint)
}

async function ordinaryUser(): Promise<{ uid: number; gid: number }> {
  return preferredAccount(parseAccounts(await readFile('/etc/passwd', 'utf8')))
}

async function othersMayEnter(folder: string): Promise<boolean> {
  const steps = await Promise.all(pathTo(folder).map(async (step) => await stat(step)))
  return steps.every((step) => mayEnter(step, { name: 'anybody', uid: -1, gid: -1 }))
}

async function query(
  url: string,
  statement: string,
  values: readonly string[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  let lost: Error | undefined
  client.on('error', (error) => (lost = error))
  try {
    await client.connect()
    const result = await client.query<Record<string, unknown>>(statement, [...values])
    return result.rows
  } finally {
    if (lost === undefined) await client.end()
  }
}

async function keepRow({ url }: Address, row: string): Promise<void> {
  await query(url, 'CREATE TABLE IF NOT EXISTS kept (text text)')
  await query(url, 'INSERT INTO kept VALUES ($1)', [row])
}

async function rows({ url }: Address): Promise<string[]> {
  const found = await query(url, 'SELECT text FROM kept')
  return found.map((row) => String(row['text']))
}

async function untilRunning(url: string, part: string): Promise<void> {
  const active = `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%' || $1 || '%' AND pid <> pg_backend_pid()`
  await expect.poll(async () => (await query(url, active, [part])).length).toBe(1)
}

async function serverPid(): Promise<number> {
  const server = await readPostmaster(join(home, 'postgres/data'))
  if (server === undefined) throw new Error('there is no server')
  return server.pid
}

/** A test that failed may have left its server running. */
async function stopLeftover(where: string): Promise<void> {
  const entry = join(where, 'postgres')
  if (!existsSync(entry)) return
  const data = join(await realpath(entry), 'data')
  const server = await readPostmaster(data)
  if (server !== undefined && isServerOf(data, server.pid)) await shutDown(data, server.pid)
}

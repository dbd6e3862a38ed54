// Where the embedded PostgreSQL keeps its files, and as whom it runs.
//
// Everything lies in `<home>/postgres`. An ordinary user runs the server as himself. PostgreSQL refuses root, so root
// runs it as an unprivileged account that the system already has; if that account cannot enter the home (a checkout
// in /root, say), `<home>/postgres` is a link to a folder in /var/lib/revgraph that is named by the home's path, where
// the data survives restarts and reboots and where a person who follows the link finds it. The link, once there, is
// followed, so a home can be moved. The folder is never chosen anew while it exists: no start begins an empty store
// beside a full one. The home is trusted: whoever can write to it decides what the server runs on.
import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, realpath, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PostgresError, hasCode } from './errors.ts'

/** A user of the operating system. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** The folder of one embedded server (a real path) and its files. */
export interface Place {
  readonly folder: string
  /** PostgreSQL's own data folder; it exists only once it is complete. */
  readonly data: string
  /** The superuser's password, readable by the server's account alone. */
  readonly password: string
  /** The port of the last start, kept so that it stays the same. */
  readonly port: string
  readonly log: string
  /** Held while a server is being started or stopped. */
  readonly gateLock: string
  /** Held by every process that uses the server. */
  readonly usersLock: string
  /** As whom the server runs; undefined: as ourselves. */
  readonly account: Account | undefined
}

interface Owned {
  readonly uid: number
  readonly gid: number
  readonly mode: number
}

const sharedRoot = '/var/lib/revgraph'
const preferredAccounts = ['postgres', '_postgres', 'nobody']
const rootUid = 0

/** Finds or makes the folder of a home's server. Throws HOME_UNUSABLE, ACCOUNT_MISSING or file errors. */
export async function openPlace(home: string): Promise<Place> {
  await makeFolder(home)
  const entry = join(await realpath(home), 'postgres')
  const uid = process.getuid?.() ?? rootUid
  return uid === rootUid ? await openAsRoot(entry) : await openAsUser(entry, uid)
}

/** Makes a folder and those above it. Node's own recursive mkdir has no end where a folder refuses all others. */
async function makeFolder(folder: string): Promise<void> {
  if (await exists(folder)) return
  await makeFolder(dirname(folder))
  try {
    await mkdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

async function openAsUser(entry: string, uid: number): Promise<Place> {
  if (!(await exists(entry))) await makeEnterable(entry)
  const folder = await realpath(entry)
  const owner = await stat(folder)
  if (owner.uid === uid) return { ...filesIn(folder), account: undefined }
  const message = `${folder} belongs to uid ${owner.uid}, but this process is uid ${uid}`
  throw new PostgresError('HOME_UNUSABLE', message)
}

async function openAsRoot(entry: string): Promise<Place> {
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'))
  if (!(await exists(entry))) await makeFolderFor(preferredAccount(accounts), entry)
  const folder = await realpath(entry)
  const files = filesIn(folder)
  const account = await findServerAccount(folder, files.data, accounts)
  await requireEntrance(folder, account)
  return { ...files, account }
}

/** A user's folder is served as that user; one of root's as whoever owns the data, whichever users came since. */
async function findServerAccount(
  folder: string,
  data: string,
  accounts: readonly Account[],
): Promise<Account> {
  const owner = await stat(folder)
  const server = owner.uid === rootUid ? await ownerOf(data) : owner
  if (server === undefined) return preferredAccount(accounts)
  const known = accounts.find((account) => account.uid === server.uid)
  return known ?? { name: `uid ${server.uid}`, uid: server.uid, gid: server.gid }
}

function filesIn(folder: string): Omit<Place, 'account'> {
  return {
    folder,
    data: join(folder, 'data'),
    password: join(folder, 'password'),
    port: join(folder, 'port'),
    log: join(folder, 'server.log'),
    gateLock: join(folder, 'gate.lock'),
    usersLock: join(folder, 'users.lock'),
  }
}

async function makeFolderFor(account: Account, entry: string): Promise<void> {
  const home = dirname(entry)
  if ((await firstClosedFolder(home, account)) === undefined) return await makeEnterable(entry)
  await makeEnterable(sharedRoot)
  await makeEnterable(sharedFolder(home))
  await linkOnce(sharedFolder(home), entry)
}

/** Others may pass through to what they own, not list: the umask must not decide whether the server can start. */
async function makeEnterable(folder: string): Promise<void> {
  await makeFolder(folder)
  await chmod(folder, 0o711)
}

/** The folder outside a home that the server's account cannot enter: the same one for the same home. */
export function sharedFolder(home: string): string {
  return join(sharedRoot, createHash('sha256').update(home).digest('hex').slice(0, 16))
}

async function requireEntrance(folder: string, account: Account): Promise<void> {
  const closed = await firstClosedFolder(folder, account)
  if (closed === undefined) return
  throw new PostgresError(
    'HOME_UNUSABLE',
    `The data lies in ${folder} and the server runs as ${account.name}, who cannot enter ${closed}: ` +
      `let others pass through it (chmod o+x ${closed}) or move the data`,
  )
}

async function firstClosedFolder(folder: string, account: Account): Promise<string | undefined> {
  for (const step of pathTo(folder)) {
    if (!mayEnter(await stat(step), account)) return step
  }
  return undefined
}

/** The folders from the root down to `folder`. */
export function pathTo(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [...pathTo(parent), folder]
}

/** Whether the permission bits of a folder let the account pass through it. */
export function mayEnter(folder: Owned, account: Account): boolean {
  if (folder.uid === account.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === account.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}

/** The accounts in the text of /etc/passwd. */
export function parseAccounts(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':')
    const account = { name, uid: Number(uid), gid: Number(gid) }
    return Number.isInteger(account.uid) && Number.isInteger(account.gid) ? [account] : []
  })
}

/** The account that a server of root's runs as. Throws ACCOUNT_MISSING. */
export function preferredAccount(accounts: readonly Account[]): Account {
  for (const name of preferredAccounts) {
    const account = accounts.find((candidate) => candidate.name === name && candidate.uid !== rootUid)
    if (account !== undefined) return account
  }
  throw new PostgresError(
    'ACCOUNT_MISSING',
    `PostgreSQL does not run as root and this system has none of the users ${preferredAccounts.join(', ')}: ` +
      'run as an ordinary user, or set DATABASE_URL to a server of your own',
  )
}

async function ownerOf(path: string): Promise<Owned | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** macOS, the stricter one, takes 103 bytes for the path of a socket. */
const maxSocketPathBytes = 103

/**
 * Where the server has its Unix socket: the data folder, which nobody else can enter, or none where its path would be
 * too long. A round trip over a socket costs less than one over loopback.
 */
export function socketFolderOf(data: string, port: number): string {
  return Buffer.byteLength(join(data, `.s.PGSQL.${port}`)) <= maxSocketPathBytes ? data : ''
}

/** Whether there is something at the path (at its target, if it is a link). */
export async function exists(path: string): Promise<boolean> {
  return (await ownerOf(path)) !== undefined
}

/** The text of a file; undefined if there is none. */
export async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Two first starts at once make the same link. */
async function linkOnce(target: string, link: string): Promise<void> {
  try {
    await symlink(target, link)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

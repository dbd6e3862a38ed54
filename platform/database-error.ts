import pg from 'pg'

/** The database cannot be used, or refuses what it is given; the message tells a person what to mend. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
}

/** No such host or socket, nobody listening, no answer in time: codes of the network. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
])
/** Wrong name or password, no such database, no right to connect or to make what is needed, not up yet, full. */
const TURNED_AWAY = /^(28|3D000$|42501$|57P03$|53300$)/
/** What the driver says where the server did not answer in time; such an error has no code. */
const TIMED_OUT = /timeout/i
const UNIQUE_VIOLATION = '23505'

/** What to mend where a server cannot be used that was named by a URL; undefined for any other failure. */
export function unusableServer(url: string, error: unknown): DatabaseError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  const isUnusable =
    error instanceof pg.DatabaseError
      ? TURNED_AWAY.test(code)
      : UNREACHABLE.has(code) || (code === '' && TIMED_OUT.test(error.message))
  if (!isUnusable) return undefined
  const { host, pathname } = new URL(url)
  const reason = error.message === '' ? code : error.message
  return new DatabaseError(`PostgreSQL at ${host}${pathname} (DATABASE_URL) cannot be used: ${reason}.`, {
    cause: error,
  })
}

/** A business key that another object has already, such as a legal entity's code; undefined for any other failure. */
export function takenKey(error: unknown): DatabaseError | undefined {
  if (!(error instanceof pg.DatabaseError) || error.code !== UNIQUE_VIOLATION || isIdentity(error))
    return undefined
  const table = `${error.schema ?? ''}.${error.table ?? ''}`
  return new DatabaseError(`Another ${table} is there already: ${error.detail ?? error.message}`, {
    cause: error,
  })
}

/** Whether two transactions made the same thing at once: they met in a primary key, not in a business key. */
export const metInIdentity = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION && isIdentity(error)

const isIdentity = ({ constraint }: pg.DatabaseError): boolean => constraint?.endsWith('_pkey') === true

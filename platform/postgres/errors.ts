// What can stop the embedded PostgreSQL from starting, told so that the reader knows which folder to look at.

export type PostgresErrorCode =
  | 'PLATFORM_UNSUPPORTED'
  | 'ACCOUNT_MISSING'
  | 'HOME_UNUSABLE'
  | 'NO_SPACE'
  | 'PORT_TAKEN'
  | 'LOCKED'
  | 'TIMED_OUT'
  | 'FAILED'

/** The embedded PostgreSQL cannot start or stop; the message names the folder and, where there is one, the way out. */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode

  constructor(code: PostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PostgresError'
    this.code = code
  }
}

/** The first row that matches what PostgreSQL wrote (in English: it runs with LC_ALL=C) says why it gave up. */
const causes: readonly { code: PostgresErrorCode; pattern: RegExp }[] = [
  { code: 'LOCKED', pattern: /lock file "postmaster\.pid" already exists|pre-existing shared memory block/ },
  { code: 'PORT_TAKEN', pattern: /could not bind IPv4 address/ },
  { code: 'NO_SPACE', pattern: /No space left on device|Disk quota exceeded/ },
  { code: 'HOME_UNUSABLE', pattern: /Permission denied|Read-only file system/ },
]

const systemCauses: Record<string, PostgresErrorCode> = {
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  EACCES: 'HOME_UNUSABLE',
  EPERM: 'HOME_UNUSABLE',
  EROFS: 'HOME_UNUSABLE',
  ENOENT: 'HOME_UNUSABLE',
  ENOTDIR: 'HOME_UNUSABLE',
  EEXIST: 'HOME_UNUSABLE',
}

/** A new cluster takes about 40 MB, a segment of the write-ahead log 16 MB. */
const leastFreeBytes = 64 * 1024 * 1024

/** What is known when a program of PostgreSQL has given up. */
export interface Failure {
  readonly program: string
  readonly folder: string
  readonly output: string
  /** The space left beside the data. On a full disk PostgreSQL cannot write the reason into its log either. */
  readonly freeBytes: number
}

/** The error behind a failure. */
export function errorFromFailure({ program, folder, output, freeBytes }: Failure): PostgresError {
  const written = causes.find((cause) => cause.pattern.test(output))?.code
  const code = written ?? (freeBytes < leastFreeBytes ? 'NO_SPACE' : 'FAILED')
  const freeMegabytes = Math.floor(freeBytes / 1024 / 1024)
  return new PostgresError(
    code,
    `${program} gave up in ${folder} (${code}, ${freeMegabytes} MB free); it wrote:\n${output.trim()}`,
  )
}

/** Whether an error of the operating system, or of Node, has one of the codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** Puts the folder into an error of the operating system; any other error passes as it is. */
export function errorFromSystem(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  const code = systemCauses[error.code]
  if (code === undefined) return error
  return new PostgresError(code, `The embedded PostgreSQL cannot use ${folder}: ${error.message}`, {
    cause: error,
  })
}

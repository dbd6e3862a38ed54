import { type DestinationStream, type Logger, pino } from 'pino'

/** The structured log: one JSON object a line. */
export type Log = Logger

/** From the loudest to the quietest; `silent` writes nothing. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/** Field names whose values never reach the log, at the top of an entry and one level down. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'secrets',
  'subgraphSecrets',
  'token',
  'apiKey',
  'connectionString',
]

/** Makes the log. It writes to standard output unless a test gives it another destination. */
export function createLog(options: {
  readonly level: LogLevel
  readonly destination?: DestinationStream
}): Log {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  const settings = { level: options.level, redact: { paths, censor: '[redacted]' } }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

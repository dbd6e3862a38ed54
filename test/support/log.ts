import pino from 'pino'

/** Says nothing: for tests that are not about the log. */
export const silentLog = pino({ level: 'silent' })

/** A process that carries out an effect and kills or stops itself: see `dieAndFinish` for its arguments. */
import { openDatabase } from '#platform/database.ts'
import { roleOf } from '#platform/migrate.ts'
import { carryOut } from '#subgraphs/operations/effects/carry-out.ts'
import { silentLog } from '#test/support/log.ts'
import { BY_KEY, BY_SEARCH, carryingIn, connectorTo, posting } from './support.ts'

const [, , databaseUrl = '', simulatorUrl = '', way = '', effectKey = '', fatal = '', signal = ''] =
  process.argv
const db = openDatabase({
  url: databaseUrl,
  role: roleOf('operations'),
  maxConnections: 1,
  log: silentLog,
})
const carrying = {
  ...carryingIn(db),
  at: (moment: string): void => {
    if (moment === fatal) process.kill(process.pid, signal)
  },
}
await carryOut(carrying, connectorTo(simulatorUrl, way === 'search' ? BY_SEARCH : BY_KEY), posting(effectKey))
await db.close()

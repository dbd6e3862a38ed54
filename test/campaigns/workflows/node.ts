/** A node: it takes orders in, carries workflows out beside others, and dies where a mine lies. */
import { flushCompileCache } from 'node:module'
import { systemClock } from '#platform/clock.ts'
import { runCommand } from '#platform/command.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { roleOf } from '#platform/migrate.ts'
import { workshopOf } from '#workshop.ts'
import { decideApproval } from '#subgraphs/operations/approvals/decide.ts'
import { openWorkflowDesk } from '#subgraphs/operations/workflows/desk.ts'
import { silentLog } from '#test/support/log.ts'
import { overpay } from './overpay.ts'
import { keyOf, type Order } from './orders.ts'
import { type Agreement, type Answered, type Asked, type Part, stepOn } from './part.ts'
import { plantedIn } from './planted.ts'
import { withRelease } from './releases.ts'
import { storyOf } from './stories.ts'
import { takeTidings } from './tidings.ts'
import { type Shop, withTroubles } from './troubles.ts'

const part = JSON.parse(process.argv[2] ?? '{}') as Part
const bug = plantedIn(part.bug)
/** Of each kind and subgraph: many nodes share those of one server. */
const maxConnections = part.following === null ? 1 : 2

const databases = new Map<string, Database>()
const databaseOf = (subgraph: string): Database =>
  databases.getOrInsertComputed(subgraph, () =>
    openDatabase({
      url: subgraph === 'erp' ? part.erpUrl : part.databaseUrl,
      role: roleOf(subgraph),
      maxConnections,
      log: silentLog,
    }),
  )

const { workshop, planOf } = workshopOf(
  databaseOf,
  systemClock,
  silentLog,
  part.outside?.config,
  (moment, effectKey) => stepOn(part.mines, `${effectKey} OUTSIDE_${moment}`),
)
const product: Shop = withRelease(
  {
    ...workshop,
    flows: new Map([...workshop.flows, [overpay.name, overpay]]),
    at: async (point, { step: { effectKey }, isUndo }) => {
      await bug.pause?.(point)
      stepOn(part.mines, `${effectKey}${isUndo ? '/undo' : ''} ${point}`)
    },
  },
  part.release,
)
const desk = openWorkflowDesk(withTroubles(bug.workshop?.(product) ?? product, part.mines), planOf)
desk.work({ maxCarried: part.maxCarried })
if (part.outside !== null) takeTidings(part.outside, databaseOf, bug)

const answer = (answered: Answered): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send?.(answered, undefined, undefined, () => resolve())
  return promise
}

async function take(order: Order): Promise<void> {
  const key = keyOf(order)
  stepOn(part.mines, `${key} ASKED`)
  const early = bug.answersBefore?.(order)
  if (early !== undefined) await answer({ key, workflowId: early })
  if (early !== undefined) stepOn(part.mines, `${key} ANSWERED`)
  const { value, violations } = await storyOf(order).start(
    desk,
    order,
    bug.keyFor?.(key) ?? key,
    part.release,
  )
  stepOn(part.mines, `${key} ACCEPTED`)
  const refusal = violations?.map(({ code, message }) => `${code} ${message}`).join()
  await answer(value === undefined ? { key, refusal: refusal ?? '' } : { key, workflowId: value.workflowId })
}

/** What was decided already is refused, and that is that. */
async function agree({ approvalId, workflowId, gate }: Agreement): Promise<void> {
  const place = `${workflowId}/gate:${gate}`
  stepOn(part.mines, `${place} DECIDING`)
  const decision = { approvalId, decision: 'APPROVE', reason: 'Fine', decidedBy: 'finance' } as const
  await runCommand(databaseOf('operations'), product.context(approvalId), (unit) =>
    decideApproval(unit, decision, systemClock.now(), desk.replan),
  )
  desk.ring()
  stepOn(part.mines, `${place} DECIDED`)
  await answer({ key: approvalId })
}

process.on('message', (asked: Asked) => {
  // What a fault broke off, or the key of another try, is asked for again.
  if ('order' in asked) take(asked.order).catch(() => answer({ key: keyOf(asked.order) }))
  else agree(asked.agreement).catch(() => answer({ key: asked.agreement.approvalId }))
})
void answer({ key: 'up' })
// Whoever is killed leaves nothing behind that spares the next one compiling.
flushCompileCache()
// Whoever plays the campaign is gone.
process.on('disconnect', () => process.exit())
process.on('unhandledRejection', (error) => process.stderr.write(`${String(error)}\n`))
if (part.following !== null) {
  // Most nodes follow nothing, and are spared reading its modules.
  const { followEvents } = await import('./following.ts')
  const applied = (consumer: string): void => stepOn(part.mines, `${consumer} APPLIED`)
  // As the product, which ends where it cannot start: it is started again.
  await followEvents(part.following, databaseOf, bug.following?.(desk) ?? desk, applied).catch(() =>
    process.exit(1),
  )
}

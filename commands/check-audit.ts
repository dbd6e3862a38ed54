import { checkTrail, type TrailCheck } from '#subgraphs/operations/audit/check.ts'
import { type Command, say } from './command.ts'
import { withStores } from './stores.ts'

/** `npm run check-audit [-- --head HASH]`: fails at the first record of the audit trail that does not hold. */
export const checkAuditCommand: Command = (input) =>
  withStores(input, async ({ owner }) => {
    const check = await checkTrail(owner, input.line.head ?? null)
    say(trailReport(check))
    if (check.broken !== null) process.exitCode = 1
  })

/** How far the trail holds, and what to keep elsewhere so that a later check can rest on it. */
function trailReport({ records, head, broken }: TrailCheck): string {
  if (broken !== null) return `The audit trail is BROKEN after ${records} records, at ${broken}.`
  return records === 0n
    ? 'The audit trail is empty.'
    : `The audit trail holds: ${records} records. Its head is ${head}; keep it, and check with --head later.`
}

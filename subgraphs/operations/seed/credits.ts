/** Price reductions: what is given back although everything was delivered. */
import type { CreditNoteFact, CreditNoteLine, InvoiceFact } from '#domain/billing.ts'
import { isBefore } from '#domain/calendar.ts'
import { newCreditNote } from './billing.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'
import { percentOf } from './sale.ts'

const PART_PERCENT = 2.2
const WHOLE_PERCENT = 14
const REASONS = [
  'Outage above the agreed limit',
  'Discount forgotten on the invoice',
  'Goodwill after a late delivery',
]

/**
 * Credit notes on issued invoices that have none yet: a part of one line, or the whole of a service that was
 * billed by mistake. They carry no service period, so they reduce revenue and leave deferred revenue alone.
 */
export function priceReductions(
  profile: Profile,
  invoices: readonly InvoiceFact[],
  credited: readonly CreditNoteFact[],
  world: World,
  references: References,
): CreditNoteFact[] {
  const random = new Random(world.seed, 'credits', profile.index)
  const taken = new Set(credited.map(({ invoiceId }) => invoiceId))
  return invoices.flatMap((invoice) => {
    const isService =
      invoice.contractId === null && invoice.lines.every((line) => line.servicePeriod === null)
    const isWhole = isService && random.chance(WHOLE_PERCENT)
    const isReduced = isWhole || random.chance(PART_PERCENT)
    if (!isReduced || invoice.lifecycle !== 'ISSUED' || taken.has(invoice.id)) return []
    const issuedOn = invoice.issueDate.add({ days: random.between(2, 20) })
    if (!isBefore(issuedOn, world.today)) return []
    const lines = isWhole ? wholeInvoice(invoice, references) : partOfOneLine(random, invoice, references)
    const reason = isWhole ? 'Billed by mistake' : random.pick(REASONS)
    return lines.length === 0 ? [] : [newCreditNote(invoice, issuedOn, reason, lines, references)]
  })
}

function wholeInvoice({ lines }: InvoiceFact, references: References): CreditNoteLine[] {
  return lines.map((line) => reduction(line, line.amount, references))
}

/** Not on invoices with credit lines, whose lines are more than the invoice. */
function partOfOneLine(random: Random, { lines }: InvoiceFact, references: References): CreditNoteLine[] {
  if (lines.some(({ amount }) => amount <= 0n)) return []
  const line = random.pick(lines)
  const amount = percentOf(line.amount, BigInt(random.between(5, 25)))
  return amount === 0n ? [] : [reduction(line, amount, references)]
}

function reduction(
  { id, description }: InvoiceFact['lines'][number],
  amount: bigint,
  references: References,
): CreditNoteLine {
  return {
    id: references.nextId('creditNoteLine'),
    invoiceLineId: id,
    description: `Reduction: ${description}`,
    amount,
    servicePeriod: null,
  }
}

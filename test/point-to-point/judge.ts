/** The judge of both ways. It knows what was agreed and paid, and sees what three systems hold of it: amounts alone. */
import { type Deal, UPGRADE, YEAR } from './story.ts'

/** Kinds of records, and the system that keeps them. */
export const SYSTEM_OF = {
  OPPORTUNITY: 'CRM',
  CONTRACT: 'CRM',
  PAID_MARK: 'CRM',
  SUBSCRIPTION: 'BILLING',
  INVOICE: 'BILLING',
  PAYMENT: 'BILLING',
  ACCOUNT: 'ERP',
  INVOICE_POSTING: 'ERP',
  PAYMENT_POSTING: 'ERP',
} as const

type RecordKind = keyof typeof SYSTEM_OF

/** The records of one deal: the amount of each, in minor units; 0 for what has none. */
export type Held = Readonly<Record<RecordKind, readonly bigint[]>>

/** A record that somebody has to find and mend by hand. */
export interface Break {
  readonly deal: string
  readonly step: 'SALE' | 'UPGRADE' | 'PAYMENT'
  readonly kind: RecordKind
  readonly is: 'MISSING' | 'TOO_MANY'
  readonly minorUnits: bigint
}

/** What is wrong with a deal of which the first bill was `isPaid`. */
export function breaksOf(deal: Deal, held: Held, isPaid: boolean): Break[] {
  const due = dueOf(deal, isPaid)
  const told = (kind: RecordKind, is: Break['is'], amounts: readonly bigint[]): Break[] =>
    amounts.map((minorUnits) => ({ deal: deal.name, step: stepOf(kind, minorUnits), kind, is, minorUnits }))
  return kinds.flatMap((kind) => [
    ...told(kind, 'MISSING', without(due[kind], held[kind])),
    ...told(kind, 'TOO_MANY', without(held[kind], due[kind])),
  ])
}

/** How many documents one of billing and ERP has and the other has not: a month cannot be closed over them. */
export function blockersOf({ INVOICE, INVOICE_POSTING, PAYMENT, PAYMENT_POSTING }: Held): number {
  const pairs = [
    [INVOICE, INVOICE_POSTING],
    [PAYMENT, PAYMENT_POSTING],
  ] as const
  return pairs.flatMap(([billed, posted]) => [...without(billed, posted), ...without(posted, billed)]).length
}

const kinds = Object.keys(SYSTEM_OF) as RecordKind[]

/** All that there has to be, once. */
function dueOf({ isUpgraded }: Deal, isPaid: boolean): Held {
  const bills = isUpgraded ? [YEAR, UPGRADE] : [YEAR]
  const payments = isPaid ? [YEAR] : []
  return {
    OPPORTUNITY: [YEAR],
    CONTRACT: [isUpgraded ? YEAR + UPGRADE : YEAR],
    PAID_MARK: payments,
    SUBSCRIPTION: [0n],
    INVOICE: bills,
    PAYMENT: payments,
    ACCOUNT: [0n],
    INVOICE_POSTING: bills,
    PAYMENT_POSTING: payments,
  }
}

function stepOf(kind: RecordKind, minorUnits: bigint): Break['step'] {
  if (['PAYMENT', 'PAID_MARK', 'PAYMENT_POSTING'].includes(kind)) return 'PAYMENT'
  return minorUnits === UPGRADE || minorUnits === YEAR + UPGRADE ? 'UPGRADE' : 'SALE'
}

/** What a list has and the other has not, each as often as that. */
function without(list: readonly bigint[], other: readonly bigint[]): bigint[] {
  const left = [...other]
  return list.filter((amount) => {
    const place = left.indexOf(amount)
    if (place >= 0) left.splice(place, 1)
    return place < 0
  })
}

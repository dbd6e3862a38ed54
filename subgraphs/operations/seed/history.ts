/** Everything about one customer, from its first contact to today, except the numbers of its documents. */
import type {
  CreditNoteFact,
  DunningFact,
  InvoiceFact,
  SubscriptionFact,
  UsageFact,
} from '#domain/billing.ts'
import type { CustomerStatus } from '#domain/crm.ts'
import type { Facts } from '#domain/facts.ts'
import { aftermathOf } from './aftermath.ts'
import { billDeal } from './billing.ts'
import type { World } from './company.ts'
import { priceReductions } from './credits.ts'
import { creditProfiles, customerFacts, profileOf } from './customers.ts'
import type { Profile } from './customers.ts'
import { contractFact, isRunning } from './deal.ts'
import type { Deal } from './deal.ts'
import { draftDeal, relationshipOf } from './deals.ts'
import type { Relationship } from './deals.ts'
import { pipelineOf } from './opportunities.ts'
import { receiptsFor } from './payments.ts'
import { Random } from './random.ts'
import { References } from './references.ts'
import { meteredUsage, servicesFor } from './services.ts'
import { statusInDunning } from './subscriptions.ts'

/** What a customer signed, and what was issued for it: invoices in order, and credit notes, without numbers. */
export interface Business {
  readonly profile: Profile
  readonly references: References
  readonly relationship: Relationship
  readonly subscriptions: readonly SubscriptionFact[]
  readonly usage: readonly UsageFact[]
  readonly invoices: readonly InvoiceFact[]
  readonly creditNotes: readonly CreditNoteFact[]
}

const DRAFT_CONTRACT_PERCENT = 25

/** The contracts of customer number `index` and the documents that were issued for them. */
export function businessWith(world: World, index: number): Business {
  const references = new References(world.seed, index)
  const profile = profileOf(world, index)
  const relationship = relationshipWith(profile, world, references)
  const signed = relationship.deals.filter(({ signedOn }) => signedOn !== null)
  const billed = signed.map((deal) => ({ deal, ...billDeal(deal, world, references) }))
  const metered = billed.map(({ deal, subscription }) => meteredUsage(deal, subscription, world, references))
  const invoices = [
    ...billed.flatMap((it) => it.invoices),
    ...metered.flatMap((it) => it.invoices),
    ...servicesFor(profile, signed[0]?.start ?? world.today, world, references),
  ].toSorted((a, b) => Temporal.PlainDate.compare(a.issueDate, b.issueDate))
  const given = billed.flatMap((it) => it.creditNotes)
  return {
    profile,
    references,
    relationship,
    subscriptions: billed.map(({ subscription }) => subscription),
    usage: metered.flatMap((it) => it.usage),
    invoices,
    creditNotes: [...given, ...priceReductions(profile, invoices, given, world, references)],
  }
}

/** All facts of a customer: its business, how it was won, and how it was paid. */
export function historyOf(business: Business, world: World): Partial<Facts> {
  const { profile, references, relationship, invoices, creditNotes } = business
  const { deals, defaultedOn } = relationship
  const { payments, dunning } = receiptsFor(profile, invoices, creditNotes, defaultedOn, world, references)
  return {
    ...customerFacts(profile, statusOf(profile, deals, world), world, references),
    ...(profile.role === 'DUPLICATE' ? {} : pipelineOf(profile, deals, world, references)),
    contracts: deals.map((deal) => contractFact(deal, world)),
    amendments: deals.flatMap(({ amendments }) => amendments),
    creditProfiles: profile.role === 'BUYER' ? creditProfiles(profile, world, references) : [],
    subscriptions: business.subscriptions.map((it) => inDunning(it, invoices, dunning)),
    usage: business.usage,
    payments,
    dunning,
    ...aftermathOf(profile, invoices, creditNotes, payments, world, references),
  }
}

function relationshipWith(profile: Profile, world: World, references: References): Relationship {
  if (profile.role === 'BUYER') return relationshipOf(profile, world, references)
  const random = new Random(world.seed, 'prospect', profile.index)
  const hasDraft = profile.role === 'PROSPECT' && random.chance(DRAFT_CONTRACT_PERCENT)
  return { deals: hasDraft ? [draftDeal(profile, { random, world, references })] : [], defaultedOn: null }
}

function statusOf({ role }: Profile, deals: readonly Deal[], { today }: World): CustomerStatus {
  if (role === 'DUPLICATE') return 'MERGED'
  if (deals.some((deal) => isRunning(deal, today))) return 'ACTIVE'
  return role === 'PROSPECT' ? 'PROSPECT' : 'INACTIVE'
}

function inDunning(
  subscription: SubscriptionFact,
  invoices: readonly InvoiceFact[],
  dunning: readonly DunningFact[],
): SubscriptionFact {
  if (subscription.status !== 'ACTIVE') return subscription
  const own = new Set(
    invoices.filter(({ subscriptionId }) => subscriptionId === subscription.id).map(({ id }) => id),
  )
  const reminders = dunning.filter(({ invoiceId }) => own.has(invoiceId))
  return { ...subscription, status: statusInDunning(reminders.map(({ status }) => status)) }
}

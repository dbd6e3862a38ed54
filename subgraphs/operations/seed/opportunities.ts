/** The sales pipeline: how every contract was won, what was lost, what is still open, and the quotes for them. */
import type { OpportunityFact, OpportunityStage, QuoteFact, QuoteStatus } from '#domain/crm.ts'
import { ANNUAL, listPrice, productId } from './catalogue.ts'
import type { OfferingName } from './catalogue.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import type { Deal } from './deal.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'
import { valueOf } from './sale.ts'

interface Pipeline {
  readonly opportunities: OpportunityFact[]
  readonly quotes: QuoteFact[]
}

/** What a quote offers. */
interface Offer {
  readonly productId: string
  readonly quantity: number
  readonly unitPrice: bigint
}

/** How many deals of a hundred have a quote, and which fate quotes share with their deal. */
const QUOTES: Readonly<Record<OpportunityStage, { percent: number; statuses: readonly QuoteStatus[] }>> = {
  WON: { percent: 60, statuses: ['ACCEPTED'] },
  LOST: { percent: 50, statuses: ['REJECTED', 'EXPIRED'] },
  OPEN: { percent: 45, statuses: ['PRESENTED', 'DRAFT'] },
}

const LOST_PERCENT = 20
const OPEN_PERCENT = 22
const QUOTE_VALID_DAYS = 30

const IDEAS: readonly (readonly [name: string, offering: OfferingName, min: number, max: number])[] = [
  ['More seats', 'seat', 5, 60],
  ['Analyst seats', 'analystSeat', 2, 20],
  ['Advanced analytics', 'analytics', 1, 1],
  ['Premier support', 'support', 1, 1],
  ['Second platform', 'growth', 1, 1],
]

/** The opportunities of a customer and their quotes; contracts that await their signature are open ones. */
export function pipelineOf(
  profile: Profile,
  deals: readonly Deal[],
  world: World,
  references: References,
): Pipeline {
  const random = new Random(world.seed, 'pipeline', profile.index)
  const isProspect = profile.role === 'PROSPECT'
  const ideas: OpportunityStage[] = [
    ...(random.chance(LOST_PERCENT) ? (['LOST'] as const) : []),
    ...(random.chance(isProspect ? 100 - LOST_PERCENT : OPEN_PERCENT) ? (['OPEN'] as const) : []),
  ]
  const pursued = [
    ...deals.map(pursuedDeal),
    ...ideas.map((stage) => pursuedIdea(random, profile, stage, world, references)),
  ]
  return {
    opportunities: pursued.map(({ opportunity }) => opportunity),
    quotes: pursued.flatMap(({ opportunity, offers }, index) =>
      random.chance(QUOTES[opportunity.stage].percent)
        ? [
            quote(
              random,
              opportunity,
              offers,
              `Q-${String(profile.index + 1).padStart(5, '0')}-${index + 1}`,
              world,
              references,
            ),
          ]
        : [],
    ),
  }
}

interface Pursued {
  readonly opportunity: OpportunityFact
  readonly offers: readonly Offer[]
}

function pursuedDeal(deal: Deal): Pursued {
  const opportunity: OpportunityFact = {
    ...deal.opportunity,
    customerId: deal.profile.id,
    name: `${deal.profile.name}: ${deal.renewalOfId === null ? 'new business' : 'renewal'}`,
    stage: deal.signedOn === null ? 'OPEN' : 'WON',
    currency: deal.currency,
    amount: valueOf(deal.signedLines),
    expectedCloseDate: deal.signedOn ?? deal.start,
    closedOn: deal.signedOn,
    owner: deal.profile.owner,
  }
  return { opportunity, offers: deal.signedLines }
}

function pursuedIdea(
  random: Random,
  profile: Profile,
  stage: OpportunityStage,
  { seed, start, today }: World,
  references: References,
): Pursued {
  const [name, offering, min, max] = random.pick(IDEAS)
  const quantity = random.between(min, max)
  const unitPrice = listPrice(offering, profile.entity.currency, ANNUAL)
  const lostDays = random.between(3, today.since(start, { largestUnit: 'day' }).days)
  const closedOn = stage === 'LOST' ? today.subtract({ days: lostDays }) : null
  const opportunity: OpportunityFact = {
    ...references.next('opportunity'),
    customerId: profile.id,
    name: `${profile.name}: ${name.toLowerCase()}`,
    stage,
    currency: profile.entity.currency,
    amount: unitPrice * BigInt(quantity),
    expectedCloseDate: closedOn ?? today.add({ days: random.between(5, 90) }),
    closedOn,
    owner: profile.owner,
  }
  return { opportunity, offers: [{ productId: productId(seed, offering), quantity, unitPrice }] }
}

function quote(
  random: Random,
  { id, stage, currency, closedOn }: OpportunityFact,
  offers: readonly Offer[],
  number: string,
  { today }: World,
  references: References,
): QuoteFact {
  const reference = references.next('quote')
  return {
    ...reference,
    opportunityId: id,
    number,
    status: random.pick(QUOTES[stage].statuses),
    currency,
    lines: offers.map((offer, index) => ({
      id: `${reference.id}_${index + 1}`,
      productId: offer.productId,
      quantity: String(offer.quantity),
      unitPrice: offer.unitPrice,
    })),
    validUntil: (closedOn ?? today).add({ days: stage === 'LOST' ? -1 : QUOTE_VALID_DAYS }),
  }
}

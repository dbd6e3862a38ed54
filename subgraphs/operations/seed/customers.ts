/** Who the customers are: where they sit, how large they are, who looks after them and how they pay. */
import type { CollectionMethod, PaymentMethod } from '#domain/billing.ts'
import type {
  ContactFact,
  CustomerFact,
  CustomerSegment,
  CustomerStatus,
  Person,
  TaxId,
} from '#domain/crm.ts'
import type { CreditProfileFact } from '#domain/erp.ts'
import { OFFERINGS } from './catalogue.ts'
import type { Entity, EntityCode, World } from './company.ts'
import { AMERICAN, EUROPEAN, JAPANESE, JOB_TITLES, companyName, mailDomain } from './names.ts'
import type { NameBook } from './names.ts'
import { AMERICAN_PLACES, GERMAN_PLACES, JAPANESE_PLACES, OTHER_EUROPEAN_PLACES } from './places.ts'
import type { Place } from './places.ts'
import { Random } from './random.ts'
import { References } from './references.ts'

/** Prospects have bought nothing yet; a duplicate was merged into the customer before it. */
type Role = 'BUYER' | 'PROSPECT' | 'DUPLICATE'

/** On time; some weeks late; months late; not at all from some day on. */
export type PayingHabit = 'PROMPT' | 'SLOW' | 'CHRONIC' | 'DEFAULTING'

/** How a customer's invoices are paid. */
interface Payer {
  readonly habit: PayingHabit
  readonly collectionMethod: CollectionMethod
  readonly paymentMethod: PaymentMethod
  /** Days from issue to due date; 0 where the invoice is charged automatically. */
  readonly termsDays: number
}

/** A customer before anything is sold to it. */
export interface Profile {
  readonly index: number
  readonly id: string
  readonly role: Role
  readonly name: string
  readonly entity: Entity
  readonly place: Place
  readonly segment: CustomerSegment
  readonly owner: Person
  readonly parentId: string | null
  readonly mergedIntoId: string | null
  readonly payer: Payer
}

interface Market {
  readonly region: 'AMER' | 'EMEA' | 'APAC'
  readonly names: NameBook
  readonly places: readonly (readonly [weight: number, places: readonly Place[]])[]
  readonly owners: readonly string[]
}

const MARKETS: Readonly<Record<EntityCode, Market>> = {
  US: {
    region: 'AMER',
    names: AMERICAN,
    places: [[1, AMERICAN_PLACES]],
    owners: ['Dana Whitfield', 'Marcus Bell', 'Priya Raman', 'Tom Alvarez'],
  },
  DE: {
    region: 'EMEA',
    names: EUROPEAN,
    places: [
      [3, GERMAN_PLACES],
      [1, OTHER_EUROPEAN_PLACES],
    ],
    owners: ['Lena Hartwig', 'Jonas Reuter', 'Claire Marchand'],
  },
  JP: {
    region: 'APAC',
    names: JAPANESE,
    places: [[1, JAPANESE_PLACES]],
    owners: ['Haruka Minami', 'Kenji Aoyama'],
  },
}

/** Customers come in groups of this many: the first of a group may be the parent of others of it. */
const GROUP_SIZE = 4
const SUBSIDIARY_PERCENT = 9
const DUPLICATE_PERCENT = 4
const PROSPECT_PERCENT = 10

/** Customer number `index`: the same for the same seed, whatever the number of customers. */
export function profileOf(world: World, index: number): Profile {
  const random = new Random(world.seed, 'customer', index)
  const entity =
    world.entities[
      random.weighted<EntityCode>([
        [50, 'US'],
        [30, 'DE'],
        [20, 'JP'],
      ])
    ]
  const market = MARKETS[entity.code]
  const place = random.pick(random.weighted(market.places))
  const segment = random.weighted<CustomerSegment>([
    [50, 'SMALL_BUSINESS'],
    [35, 'MID_MARKET'],
    [15, 'ENTERPRISE'],
  ])
  const original = isDuplicate(random, index) ? profileOf(world, index - 1) : null
  const parent =
    original === null && isSubsidiary(random, index) ? profileOf(world, index - (index % GROUP_SIZE)) : null
  return {
    index,
    id: new References(world.seed, index).idOf('customer', 0),
    role: original === null ? roleOf(random, index) : 'DUPLICATE',
    name:
      original?.name ??
      (parent === null ? companyName(market.names, world.seed, index) : `${parent.name} ${place.city}`),
    entity: original?.entity ?? entity,
    place: original?.place ?? place,
    segment,
    owner: colleague(random.pick(market.owners)),
    parentId: parent?.id ?? null,
    mergedIntoId: original?.id ?? null,
    payer: payerOf(random, segment, entity.code),
  }
}

/** The customer as the CRM knows it, with its contacts. */
export function customerFacts(
  profile: Profile,
  status: CustomerStatus,
  world: World,
  references: References,
): { customers: CustomerFact[]; contacts: ContactFact[] } {
  const random = new Random(world.seed, 'people', profile.index)
  const names = MARKETS[profile.entity.code].names
  const domain = mailDomain(profile.name)
  const customer: CustomerFact = {
    ...references.next('customer'),
    name: profile.name,
    legalName: profile.role === 'DUPLICATE' ? null : `${profile.name} ${random.pick(names.legalForms)}`,
    status,
    parentId: profile.parentId,
    mergedIntoId: profile.mergedIntoId,
    email: `billing@${domain}`,
    domain,
    taxIds: profile.role === 'BUYER' ? taxIds(random, profile.place.country) : [],
    address: {
      line1: address(profile, random.between(1, 180)),
      city: profile.place.city,
      postalCode: profile.place.postalCode,
      region: profile.place.region,
      country: profile.place.country,
    },
    region: MARKETS[profile.entity.code].region,
    segment: profile.segment,
    owner: profile.owner,
    currency: profile.entity.currency,
  }
  return { customers: [customer], contacts: contacts(random, names, customer, references) }
}

const CREDIT_PROFILE_PERCENT = 15
const HOLD_PERCENT = { PROMPT: 1, SLOW: 3, CHRONIC: 8, DEFAULTING: 30 } as const

/** Credit limit as a multiple of the monthly list price of the large platform, by size of customer. */
const CREDIT_LIMITS = { SMALL_BUSINESS: [1, 5], MID_MARKET: [5, 20], ENTERPRISE: [20, 120] } as const

/** What accounting allows some of the customers; those who are stopped always have a profile. */
export function creditProfiles(profile: Profile, world: World, references: References): CreditProfileFact[] {
  const random = new Random(world.seed, 'credit', profile.index)
  const { currency } = profile.entity
  const isReviewed = random.chance(CREDIT_PROFILE_PERCENT)
  const onHold = random.chance(HOLD_PERCENT[profile.payer.habit])
  if (!isReviewed && !onHold) return []
  const [min, max] = CREDIT_LIMITS[profile.segment]
  return [
    {
      ...references.next('creditProfile'),
      customerId: profile.id,
      currency,
      creditLimit: random.chance(10)
        ? null
        : OFFERINGS.enterprise.list[currency] * BigInt(random.between(min, max)),
      onHold,
      holdReason: onHold
        ? random.pick(['Insolvency notice', 'Payment plan broken', 'Awaiting new guarantee'])
        : null,
    },
  ]
}

function isDuplicate(random: Random, index: number): boolean {
  return random.chance(DUPLICATE_PERCENT) && index % GROUP_SIZE === GROUP_SIZE - 1
}

function isSubsidiary(random: Random, index: number): boolean {
  return random.chance(SUBSIDIARY_PERCENT) && index % GROUP_SIZE !== 0
}

/** The first customer is always a buyer, so that a company of one customer has something to show. */
function roleOf(random: Random, index: number): Role {
  return random.chance(PROSPECT_PERCENT) && index > 0 ? 'PROSPECT' : 'BUYER'
}

function payerOf(random: Random, segment: CustomerSegment, entity: EntityCode): Payer {
  const habit = random.weighted<PayingHabit>([
    [72, 'PROMPT'],
    [15, 'SLOW'],
    [7, 'CHRONIC'],
    [6, 'DEFAULTING'],
  ])
  const paymentMethod = paymentMethodOf(random, segment, entity)
  if (paymentMethod === 'BANK_TRANSFER') {
    return {
      habit,
      paymentMethod,
      collectionMethod: 'SEND_INVOICE',
      termsDays: random.pick(TERMS_DAYS[segment]),
    }
  }
  return { habit, paymentMethod, collectionMethod: 'CHARGE_AUTOMATICALLY', termsDays: 0 }
}

const TERMS_DAYS = { SMALL_BUSINESS: [14, 30], MID_MARKET: [14, 30, 45], ENTERPRISE: [30, 45, 60] } as const

/** Of those who are charged automatically. */
const DIRECT_DEBIT_PERCENT = { US: 20, DE: 60, JP: 0 } as const

function paymentMethodOf(random: Random, segment: CustomerSegment, entity: EntityCode): PaymentMethod {
  const isAutomatic = random.chance({ SMALL_BUSINESS: 70, MID_MARKET: 35, ENTERPRISE: 0 }[segment])
  if (!isAutomatic) return 'BANK_TRANSFER'
  return random.chance(DIRECT_DEBIT_PERCENT[entity]) ? 'DIRECT_DEBIT' : 'CARD'
}

function contacts(
  random: Random,
  names: NameBook,
  customer: CustomerFact,
  references: References,
): ContactFact[] {
  return Array.from({ length: random.between(1, 3) }, (): ContactFact => {
    const first = random.pick(names.firstNames)
    const last = random.pick(names.lastNames)
    return {
      ...references.next('contact'),
      customerId: customer.id,
      name: `${first} ${last}`,
      email: `${first}.${last}@${customer.domain}`.toLowerCase(),
      phone: random.chance(60) ? phone(random, customer.address?.country) : null,
      title: random.pick(JOB_TITLES),
    }
  })
}

/** Numbers out of the ranges that are kept free for fiction; none where there is no such range. */
function phone(random: Random, country: string | null | undefined): string | null {
  if (country === 'US') return `+1 212 555 01${random.between(10, 99)}`
  return country === 'DE' ? `+49 30 23125 ${random.between(100, 999)}` : null
}

/** The customer's tax registration, of the type that the billing system names for its country. */
function taxIds(random: Random, country: string): TaxId[] {
  switch (country) {
    case 'US':
      return [{ type: 'us_ein', value: `${random.between(10, 98)}-${digits(random, 7)}` }]
    case 'JP':
      return [{ type: 'jp_trn', value: `T${random.between(1, 9)}${digits(random, 12)}` }]
    case 'CH':
      return [
        { type: 'ch_vat', value: `CHE-${digits(random, 3)}.${digits(random, 3)}.${digits(random, 3)} MWST` },
      ]
    default:
      return [{ type: 'eu_vat', value: `${country}${digits(random, 9)}` }]
  }
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.between(0, 9)).join('')
}

function address({ place }: Profile, number: number): string {
  return place.country === 'US' ? `${number} ${place.street}` : `${place.street} ${number}`
}

function colleague(name: string): Person {
  return { name, email: `${name.toLowerCase().replace(' ', '.')}@kestrel-systems.example` }
}

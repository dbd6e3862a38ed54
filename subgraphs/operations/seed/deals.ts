/** The life of a customer in contracts: the first one, what changes it, renewals, and how it ends. */
import { daysIn, earlier, isBefore, later } from '#domain/calendar.ts'
import type { DateRange, Interval } from '#domain/entity.ts'
import { amend, plannedAmendment, suspend, suspendAndResume, terminate } from './amend.ts'
import type { Change } from './amend.ts'
import { ANNUAL, MONTHLY, QUARTERLY } from './catalogue.ts'
import type { World } from './company.ts'
import type { Profile } from './customers.ts'
import { isRunning } from './deal.ts'
import type { Deal } from './deal.ts'
import { Random } from './random.ts'
import type { References } from './references.ts'
import { firstLines, renewedLines } from './sale.ts'
import type { SoldLine, Terms } from './sale.ts'

/** Everything that a customer signed, and from which day on it stopped paying, if it did. */
export interface Relationship {
  readonly deals: readonly Deal[]
  readonly defaultedOn: Temporal.PlainDate | null
}

/** A customer with the shortest terms renews twice in two years and may sign the third renewal early. */
const MAX_RENEWALS = 3
const RENEWAL_PERCENT = 88
const SECOND_CONTRACT_PERCENT = 12
const TERMINATION_PERCENT = 5
const AMENDMENT_PERCENTS = [38, 15]
/** After this many days without payment a contract is suspended, later ended. */
const SUSPENSION_AFTER_DAYS = 45
const TERMINATION_AFTER_DAYS = 90

const TERMINATION_REASONS = [
  'Budget cut',
  'Acquired by another company',
  'Moved to a competitor',
  'Project ended',
]

/** The contracts of a buyer. */
export function relationshipOf(profile: Profile, world: World, references: References): Relationship {
  const random = new Random(world.seed, 'deals', profile.index)
  const change = { random, world, references }
  const start = firstStart(random, world)
  const defaultedOn = defaultDate(random, profile, world, start)
  const first = chainOfDeals({ profile, change, defaultedOn, firstNumber: 1 }, start)
  if (!random.chance(SECOND_CONTRACT_PERCENT)) return { deals: first, defaultedOn }
  const secondStart = start.add({ days: random.between(60, 400) })
  if (!isBefore(secondStart, defaultedOn ?? world.today)) return { deals: first, defaultedOn }
  const second = chainOfDeals({ profile, change, defaultedOn, firstNumber: first.length + 1 }, secondStart)
  return { deals: [...first, ...second], defaultedOn }
}

/** A contract that waits for its signature. */
export function draftDeal(profile: Profile, change: Change): Deal {
  const start = change.world.today.add({ days: change.random.between(10, 60) })
  const story = { profile, change, defaultedOn: null, firstNumber: 1 }
  return { ...newDeal(story, 0, start, null, null), signedOn: null }
}

interface Story {
  readonly profile: Profile
  readonly change: Change
  readonly defaultedOn: Temporal.PlainDate | null
  readonly firstNumber: number
}

/** A contract, its renewal, the renewal of that, until the customer leaves or today is reached. */
function chainOfDeals(story: Story, start: Temporal.PlainDate): Deal[] {
  const { random, world } = story.change
  const deals: Deal[] = []
  let signedOn: Temporal.PlainDate | null = earlier(
    start.subtract({ days: random.between(5, 40) }),
    world.today,
  )
  for (
    let count = 0;
    count <= MAX_RENEWALS && signedOn !== null && !isBefore(world.today, signedOn);
    count += 1
  ) {
    const previous: Deal | null = deals.at(-1) ?? null
    const deal = live(story, newDeal(story, count, previous?.end ?? start, signedOn, previous))
    if (previous !== null) deals[count - 1] = { ...previous, isRenewed: true }
    deals.push(deal)
    signedOn = renewalDate(story, deal)
  }
  return deals
}

function newDeal(
  { profile, change, firstNumber }: Story,
  count: number,
  start: Temporal.PlainDate,
  signedOn: Temporal.PlainDate | null,
  previous: Deal | null,
): Deal {
  const { random, references } = change
  const interval = previous?.interval ?? intervalOf(random)
  const months = random.weighted([
    [55, 12],
    [25, 24],
    [20, 36],
  ])
  const terms: Terms = { currency: profile.entity.currency, interval, start, end: start.add({ months }) }
  const lines =
    previous === null
      ? firstLines(random, profile.segment, terms, references)
      : renewedLines(random, lastingLines(previous), terms, references)
  return {
    ...terms,
    fact: references.next('contract'),
    profile,
    opportunity: references.next('opportunity'),
    number: `C-${String(profile.index + 1).padStart(5, '0')}-${firstNumber + count}`,
    signedOn,
    autoRenew: random.chance(70),
    renewalOfId: previous?.fact.id ?? null,
    signedLines: lines,
    lines,
    amendments: [],
    terminatedOn: null,
    suspendedOn: null,
    isRenewed: false,
  }
}

/** What happens to a signed contract up to today. A contract that ends early was not changed before. */
function live(story: Story, deal: Deal): Deal {
  const { random, world } = story.change
  const terminated = terminatedEarly(story, deal)
  if (terminated !== null) return terminated
  const amended = AMENDMENT_PERCENTS.reduce(
    (current, percent) => (random.chance(percent) ? amendedOnce(story, current) : current),
    deal,
  )
  if (!isRunning(amended, world.today) || isBefore(world.today, amended.start)) return amended
  return pausedOrPlanned(story, amended)
}

/** The days on which a contract may be changed or ended: past, after the first weeks and before the last ones. */
function changeDays(deal: Deal, { defaultedOn, change }: Story): DateRange {
  const lastDay = earlier(change.world.today, deal.end.subtract({ days: 45 }))
  return {
    start: deal.start.add({ days: 45 }),
    end: defaultedOn === null ? lastDay : earlier(lastDay, defaultedOn),
  }
}

function amendedOnce(story: Story, deal: Deal): Deal {
  const { random } = story.change
  const days = changeDays(deal, story)
  const last = deal.amendments.at(-1)?.effectiveDate ?? deal.start
  const date = randomDay(random, { ...days, start: later(days.start, last.add({ days: 30 })) })
  return date === null ? deal : amend(deal, date, story.change)
}

function terminatedEarly(story: Story, deal: Deal): Deal | null {
  const { random, world } = story.change
  const afterDefault = story.defaultedOn?.add({ days: TERMINATION_AFTER_DAYS })
  if (afterDefault !== undefined) {
    const isInTerm = isBefore(deal.start.add({ days: 30 }), afterDefault) && isBefore(afterDefault, deal.end)
    return isInTerm && !isBefore(world.today, afterDefault)
      ? terminate(deal, afterDefault, 'Non-payment', story.change)
      : null
  }
  const date = random.chance(TERMINATION_PERCENT) ? randomDay(random, changeDays(deal, story)) : null
  return date === null ? null : terminate(deal, date, random.pick(TERMINATION_REASONS), story.change)
}

function pausedOrPlanned(story: Story, deal: Deal): Deal {
  const { change, defaultedOn } = story
  const { random, world } = change
  const isLongUnpaid =
    defaultedOn !== null && daysIn({ start: defaultedOn, end: world.today }) > SUSPENSION_AFTER_DAYS
  if (isLongUnpaid) return suspend(deal, 'Non-payment', change)
  if (random.chance(2.5)) return suspend(deal, 'On request', change)
  const pause = random.chance(3) ? randomDay(random, changeDays(deal, story)) : null
  if (pause !== null) return suspendAndResume(deal, pause.subtract({ days: 10 }), change)
  if (random.chance(6)) {
    const date = world.today.add({ days: random.between(5, 60) })
    return plannedAmendment(deal, date, random.pick(['DRAFT', 'PREVIEWED', 'APPROVED']), change)
  }
  const attempt = random.chance(8) ? randomDay(random, changeDays(deal, story)) : null
  return attempt === null
    ? deal
    : plannedAmendment(deal, attempt, random.pick(['COMPENSATED', 'FAILED']), change)
}

/** When the next term was signed; null if the customer left or has not decided yet. */
function renewalDate({ change, defaultedOn }: Story, deal: Deal): Temporal.PlainDate | null {
  const { random } = change
  const signedOn = deal.end.subtract({ days: random.between(5, 60) })
  const isLeaving = deal.terminatedOn !== null || (defaultedOn !== null && isBefore(defaultedOn, deal.end))
  return random.chance(RENEWAL_PERCENT) && !isLeaving ? signedOn : null
}

function lastingLines(deal: Deal): SoldLine[] {
  return deal.lines.filter((line) => line.interval !== null && line.end.equals(deal.end))
}

function intervalOf(random: Random): Interval {
  return random.weighted([
    [45, MONTHLY],
    [45, ANNUAL],
    [10, QUARTERLY],
  ])
}

/** Almost half of the customers were there in the first months; a few have signed for a later day. */
function firstStart(random: Random, { start, today }: World): Temporal.PlainDate {
  if (random.chance(3)) return today.add({ days: random.between(1, 25) })
  const lastDay = random.chance(45) ? start.add({ months: 6 }) : today
  const day = randomDay(random, { start, end: lastDay }) ?? start
  return random.chance(35) ? day.with({ day: 1 }) : day
}

function defaultDate(
  random: Random,
  { payer }: Profile,
  { today }: World,
  start: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const date = today.subtract({ days: random.between(30, 330) })
  return payer.habit === 'DEFAULTING' && isBefore(start.add({ days: 60 }), date) ? date : null
}

/** A day of a half-open range; null if it has none. */
function randomDay(random: Random, range: DateRange): Temporal.PlainDate | null {
  const days = daysIn(range)
  return days <= 0 ? null : range.start.add({ days: random.between(0, days - 1) })
}

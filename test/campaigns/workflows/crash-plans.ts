/** Where nodes die that carry a workflow out: at each point at which that matters once, and then at pairs of them. */
import { Random } from '#subgraphs/operations/seed/random.ts'
import { storyOf } from './stories.ts'
import { GATE, type World } from './world.ts'

/** A workflow, and where nodes die that carry it out. */
export interface CrashPlan {
  readonly story: string
  readonly places: readonly string[]
}

export interface Crashing {
  /** The workflow model that holds. */
  readonly model: string
  readonly stories: readonly string[]
  /** Of a hundred pairs of crash points, how many are tried. */
  readonly pairsPercent: number
  /** How many plans of a story are tried at most, whichever chance takes. */
  readonly perStory: number
  readonly seed: number
}

/** Around each turn, in the order in which a node comes by. */
const POINTS = ['BEGUN', 'SENT', 'RECORDED'] as const
/** And around the decision that a gate waits for, once that is recorded. */
const DECISION = ['DECIDING', 'DECIDED'] as const
/** Around each moment of an effect outside, in its order: `EffectMoment` of the product. */
const MOMENTS = ['INTENDED', 'BEGUN', 'ANSWERED', 'RECORDED'].map((moment) => `OUTSIDE_${moment}`)
/** Where a node died at the one of them, the next one looks for what that left, and dies as well. */
const LOOKED_FOR = ['OUTSIDE_BEGUN', 'OUTSIDE_ANSWERED'].map((died) => [died, 'OUTSIDE_LOOKED_FOR'])
/** Before a node does anything about a request, and after it has accepted it but not yet said so. */
const ACCEPTANCE = ['ASKED', 'ACCEPTED'] as const

/** One workflow for each plan, so that they recover at the same time. */
export async function plansOf(
  world: World,
  { model, stories, pairsPercent, perStory, seed }: Crashing,
): Promise<CrashPlan[]> {
  const plans = await Promise.all(
    stories.map(async (story) => {
      const random = new Random(seed, `${model} ${story}`)
      const turns = await world.turnsOf(story)
      const single = [...ACCEPTANCE, ...turns.flatMap(placesOf)].map((place) => [place])
      const all = [...single, ...outsideOf(story, world), ...pairsOf(turns, random, pairsPercent)].map(
        (places) => ({ story, places }),
      )
      return all.length <= perStory ? all : sampleOf(all, perStory, random)
    }),
  )
  return plans.flat()
}

const placesOf = (turn: string): string[] =>
  (turn.startsWith(GATE) ? [...POINTS, ...DECISION] : POINTS).map((point) => `${turn} ${point}`)

/** What goes outside has moments of its own; it is looked for where its repetition would be another effect. */
function outsideOf(story: string, { outside }: World): string[][] {
  const { goesOutside = [] } = storyOf({ story })
  const plans = [
    ...MOMENTS.map((moment) => [moment]),
    ...(outside?.repetitions === 'BY_SEARCH' ? LOOKED_FOR : []),
  ]
  return goesOutside.flatMap((step) => plans.map((moments) => moments.map((moment) => `${step} ${moment}`)))
}

/** A second crash while another node recovers from the first: at the places that it comes by. */
function pairsOf(turns: readonly string[], random: Random, percent: number): string[][] {
  const pairs = turns.flatMap((turn, index) => {
    const later = turns.slice(index + 1).flatMap(placesOf)
    return placesOf(turn).flatMap((first) =>
      // What was recorded is not done again; the rest of the turn is.
      [...(first.endsWith('RECORDED') ? [] : placesOf(turn)), ...later].map((second) => [first, second]),
    )
  })
  return pairs.filter(() => random.chance(percent))
}

/** So many of a list, in an order by chance. */
export function sampleOf<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random.between(0, items.length ** 2) }))
    .toSorted((one, other) => one.place - other.place)
    .slice(0, count)
    .map(({ item }) => item)
}

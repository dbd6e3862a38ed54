import type { SubgraphError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { JsonObject } from '../request.ts'
import type { EntityList, SubgraphAnswer } from './transport.ts'

/** True if a request for entities is more than a service reads at once, and can be cut. */
export function isTooLarge(
  body: string,
  variables: JsonObject,
  lists: readonly EntityList[],
  { maxRepresentations, maxSubgraphRequestBytes }: Limits,
): boolean {
  if (lists.some((list) => lengthOf(list, variables) > maxRepresentations)) return true
  return (
    Buffer.byteLength(body) > maxSubgraphRequestBytes && lists.some((list) => lengthOf(list, variables) > 1)
  )
}

/**
 * Asks for one half of the entities and then for the other, in one answer as if they had been asked for at once. What
 * is not as long as its half is no list: nothing may slide from one entity to another.
 */
export async function askInHalves(
  variables: JsonObject,
  lists: readonly EntityList[],
  ask: (half: JsonObject) => Promise<SubgraphAnswer>,
): Promise<SubgraphAnswer> {
  const first = { ...variables }
  const second = { ...variables }
  for (const { variable } of lists) {
    const representations = variables[variable] as readonly unknown[]
    const middle = Math.ceil(representations.length / 2)
    first[variable] = representations.slice(0, middle)
    second[variable] = representations.slice(middle)
  }
  const [before, after] = [await ask(first), await ask(second)]
  const data = lists.map((list) => {
    const [head, tail] = [entitiesOf(before, list, first), entitiesOf(after, list, second)]
    return [list.alias, head && tail && [...head, ...tail]] as const
  })
  const errors = [
    ...(before.errors ?? []).flatMap((error) => shift(error, lists, first, {})),
    ...(after.errors ?? []).flatMap((error) => shift(error, lists, second, first)),
  ]
  return { data: Object.fromEntries(data), errors }
}

function lengthOf({ variable }: EntityList, variables: JsonObject): number {
  return (variables[variable] as readonly unknown[] | undefined)?.length ?? 0
}

function entitiesOf({ data }: SubgraphAnswer, list: EntityList, half: JsonObject): unknown[] | null {
  const entities = data?.[list.alias]
  return Array.isArray(entities) && entities.length === lengthOf(list, half) ? entities : null
}

/** An error of a half where it belongs in the whole, after what was `skipped`. One of no entity goes nowhere. */
function shift(
  error: SubgraphError,
  lists: readonly EntityList[],
  half: JsonObject,
  skipped: JsonObject,
): SubgraphError[] {
  const [alias, index, ...rest] = error.path ?? []
  const list = lists.find((each) => each.alias === alias)
  if (!list || typeof index !== 'number') return [error]
  if (index < 0 || index >= lengthOf(list, half)) return []
  return [{ ...error, path: [list.alias, index + lengthOf(list, skipped), ...rest] }]
}

import { contentHash } from '#platform/json.ts'

/** What 50 tries at once come to: each different outcome once. */
export async function at50Once<Result>(work: () => Promise<Result>): Promise<Result[]> {
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => work()))
  return [...new Map(outcomes.map((outcome) => [contentHash(outcome), outcome])).values()]
}

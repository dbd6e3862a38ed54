/** Small questions to a world: one root field, one id. */
import type { World } from './world.ts'

/** The one root field of a document; errors are an error of the test. */
export async function askOne<Answer>(
  by: World['ask'],
  document: string,
  variables: object = {},
): Promise<Answer> {
  const { data, errors } = JSON.parse((await by(document, variables)).body) as {
    data: object
    errors?: unknown
  }
  if (errors) throw new Error(JSON.stringify(errors))
  return Object.values(data)[0] as Answer
}

/** The first `id` that a statement gives, over all schemas. */
export async function readId(world: World, text: string): Promise<string> {
  const [row] = await world.database.owner.rows<{ id: string }>({ text, values: [] })
  if (!row) throw new Error(`nothing is found by ${text}`)
  return row.id
}

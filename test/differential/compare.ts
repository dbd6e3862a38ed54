type Path = readonly (string | number)[]

/** An answer to a GraphQL request as far as it is compared. */
export interface Answered {
  readonly data?: unknown
  readonly errors?: readonly { readonly path?: Path | undefined; readonly message?: string }[] | undefined
}

/** How an answer differs from what is expected: in its data, the order of its keys, or the places of its errors. */
export function differenceOf(expected: Answered, received: Answered): string | undefined {
  const [wanted, given] = [expected, received].map(
    ({ data, errors }) =>
      `${JSON.stringify(data ?? null)}\nerrors at ${explainedNulls(data, errors).join(' ')}`,
  )
  if (wanted === given) return undefined
  const messages = received.errors?.map(({ message }) => message) ?? []
  return `expected ${wanted}\nreceived ${given}\n${messages.join('\n')}`
}

/**
 * The nulls that errors explain. Where a null spreads upwards, graphql-js stops at the first error below it and the
 * gateway may know several: both explain the same null.
 */
export function explainedNulls(
  data: unknown,
  errors: readonly { readonly path?: Path | undefined }[] = [],
): string[] {
  return [...new Set(errors.map(({ path = [] }) => JSON.stringify(untilNull(data, path))))].toSorted()
}

function untilNull(data: unknown, path: Path): Path {
  let value = data
  for (const [index, step] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, index)
    value = (value as Record<string | number, unknown>)[step]
  }
  return path
}

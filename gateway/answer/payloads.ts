import type { Path } from '../errors.ts'

/**
 * The two forms in which clients take an answer in parts: the one of 2022 that Apollo's and Relay's clients and urql
 * read, and the one of graphql-js 17 with ids in the place of paths, https://specs.apollo.dev/incremental/v0.2.
 */
export type PartSpec = 'deferSpec=20220824' | 'incrementalSpec=v0.2'

/** A part that is announced: it is told apart from others by its identity. */
export interface PendingPart {
  readonly path: Path
  readonly label: string | undefined
}

/** A part that has come. */
export interface CompletedPart {
  readonly pending: PendingPart
  /** JSON text, or undefined where an error took the whole part with it. */
  readonly data: string | undefined
  /** The `errors` member with a comma after it, or nothing. */
  readonly errors: string
}

/** Writes the payloads of one answer. */
export interface PayloadWriter {
  first(data: string, errors: string, pending: readonly PendingPart[]): string
  next(completed: readonly CompletedPart[], pending: readonly PendingPart[], hasNext: boolean): string
}

/** Makes the writer of one answer's payloads. */
export function createPayloadWriter(spec: PartSpec): PayloadWriter {
  return spec === 'incrementalSpec=v0.2' ? writerWithIds() : writerWithPaths
}

const writerWithPaths: PayloadWriter = {
  first: (data, errors) => `{${errors}"data":${data},"hasNext":true}`,
  next: (completed, _, hasNext) => {
    const items = completed.map(({ pending: { path, label }, data = 'null', errors }) => {
      const name = label === undefined ? '' : `"label":${JSON.stringify(label)},`
      return `{${errors}"path":${JSON.stringify(path)},${name}"data":${data}}`
    })
    return `{"incremental":[${items.join()}],"hasNext":${hasNext}}`
  },
}

function writerWithIds(): PayloadWriter {
  const ids = new Map<PendingPart, string>()
  const announce = (pending: readonly PendingPart[]): string => {
    if (pending.length === 0) return ''
    const announced = pending.map((part) => {
      const id = String(ids.size)
      ids.set(part, id)
      return { id, path: part.path, label: part.label }
    })
    return `"pending":${JSON.stringify(announced)},`
  }
  return {
    first: (data, errors, pending) => `{${errors}"data":${data},${announce(pending)}"hasNext":true}`,
    next: (completed, pending, hasNext) => {
      const came = completed.filter(({ data }) => data !== undefined)
      const items = came.map((part) => `{${part.errors}"id":"${ids.get(part.pending)}","data":${part.data}}`)
      const ends = completed.map(
        (part) => `{${part.data === undefined ? part.errors : ''}"id":"${ids.get(part.pending)}"}`,
      )
      const incremental = items.length === 0 ? '' : `"incremental":[${items.join()}],`
      return `{${announce(pending)}${incremental}"completed":[${ends.join()}],"hasNext":${hasNext}}`
    },
  }
}

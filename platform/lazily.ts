/** What was made, by name. */
type Made<Makers> = {
  readonly [Name in keyof Makers]: Makers[Name] extends (source: never) => infer Value ? Value : never
}

/**
 * Makers of objects whose members are made when they are first asked for. A subgraph has dozens of loaders and a
 * request needs a few.
 */
export const lazily =
  <Source>() =>
  <Makers extends Readonly<Record<string, (source: Source) => unknown>>>(
    makers: Makers,
  ): ((source: Source) => Made<Makers>) => {
    // Apollo Server copies the members of a context: private ones would be lost, these go on in the copy.
    class Lazy {
      readonly source: Source
      readonly made = new Map<string, unknown>()

      constructor(source: Source) {
        this.source = source
      }
    }
    for (const [name, make] of Object.entries(makers)) {
      Object.defineProperty(Lazy.prototype, name, {
        get(this: Lazy) {
          return this.made.getOrInsertComputed(name, () => make(this.source))
        },
      })
    }
    return (source) => new Lazy(source) as unknown as Made<Makers>
  }

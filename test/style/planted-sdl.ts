/** For each schema rule, definitions that break it and definitions that come close but are right. */

/** A subgraph without a fault, to which an example is added. */
export const faultless = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
  type Query { "The product's version." version: String! }
  type Mutation
  type Subscription
`

const forwards = '"How many at most." first: Int "Only those after it." after: String'
const edge = '"The note itself." node: Note! "Where to go on from." cursor: String!'
const connection =
  '"The notes themselves." nodes: [Note!]! "The notes and their cursors." edges: [NoteEdge!]! ' +
  '"Where the page ends." pageInfo: PageInfo! "How many there are in all." totalCount: Int!'
const stub = 'type Account @key(fields: "id", resolvable: false) { id: ID! }'

/** A described entity with one more field. */
function entity(field: string): string {
  return `"A note of a person." type Note @key(fields: "id") { "Opaque global id." id: ID! ${field} }\n`
}

/** A paged list of notes; its parts can be replaced by faulty ones. */
function list(connectionFields: string, edgeFields = edge, inputs = `(${forwards})`): string {
  return `
    ${entity('')}
    extend type Query { "Notes in the order of writing." notes${inputs}: NoteConnection! }
    "A page of notes." type NoteConnection { ${connectionFields} }
    "A note on a page." type NoteEdge { ${edgeFields} }
    "Where a page ends." type PageInfo { "Where to go on from." endCursor: String }
  `
}

/** A mutation by its arguments and type. */
function mutation(signature: string, key = 'idempotencyKey: String!', errors = '[UserError!]!'): string {
  return `
    extend type Mutation { "Writes a note." note${signature} }
    "What is to be noted." input NoteInput { "Tells a repetition." ${key} }
    "What became of it." type NotePayload { "What was wrong with it." userErrors: ${errors} }
    "What was wrong with it." type UserError { "What was wrong, in words." message: String! }
  `
}

/** Rule id → its offenders and near misses; each is added to the faultless subgraph. */
export const plantedSdl: Readonly<Record<string, { found: readonly string[]; spared: readonly string[] }>> = {
  description: {
    found: [
      'type Note @key(fields: "id") { "Opaque global id." id: ID! }',
      '"A note of a person." type Note @key(fields: "id") { id: ID! }',
      '"A note of a person." type Note @key(fields: "id") { "the text in lower case." id: ID! }',
      '"A note of a person." type Note @key(fields: "id") { "No full stop here" id: ID! }',
      '"A note of a person." type Note @key(fields: "id") { "Short." id: ID! }',
      entity('"How it reads." text(width: Int): String'),
      entity('"How it is kept." kind: Kind') +
        '"What a note is for." enum Kind { "Kept for ever." KEPT BINNED }',
      entity('"How it reads." text("How it is cut." cut: Cut): String') +
        '"How a text is cut." input Cut { width: Int }',
    ],
    spared: [
      entity('"The account in CRM." account: Account!') + stub,
      entity(
        'domain: String @external "Whether the domain is known." known: Boolean @requires(fields: "domain")',
      ),
      entity('"""\n1 for January, 12 for December.\n"""\nmonth: Int'),
    ],
  },
  'type-name': {
    found: ['"A note of a person." type sales_note @key(fields: "id") { "Opaque global id." id: ID! }'],
    spared: [entity('"The text of the note." text: String')],
  },
  'field-name': {
    found: [
      entity('"The text of the note." note_text: String'),
      entity('"The text of the note." text("How wide it is." Width: Int): String'),
    ],
    spared: [entity('"The second line." line2: String')],
  },
  'enum-value-name': {
    found: [
      entity('"How it is kept." kind: Kind') + '"What a note is for." enum Kind { "Kept for ever." kept }',
    ],
    spared: [
      entity('"How it is kept." kind: Kind') +
        '"What a note is for." enum Kind { "Kept a year." KEPT_1_YEAR }',
    ],
  },
  'connection-shape': {
    found: [
      list(connection.replace('"How many there are in all." totalCount: Int!', '')),
      list(connection.replace('nodes: [Note!]!', 'nodes: [Note!]')),
      list(connection.replace('totalCount: Int!', 'totalCount: Int')),
      list(connection, edge.replace('node: Note!', 'node: Note')),
      list(connection, '"The note itself." node: Note!'),
    ],
    spared: [list(connection)],
  },
  'paging-arguments': {
    found: [
      list(connection, edge, ''),
      list(connection, edge, '("How many at most." first: Int)'),
      list(connection, edge, `(${forwards} "How many at most." last: Int)`),
      list(connection, edge, '("Only those after it." after: String)'),
    ],
    spared: [
      list(
        connection,
        edge,
        `(${forwards} "How many at most." last: Int "Only those before it." before: String)`,
      ),
      'extend type Subscription { "Notes as they are written." noted("Resume after it." after: String): String }',
    ],
  },
  'nullable-item': {
    found: [
      entity('"The lines of the note." lines: [String]!'),
      entity('"The lines of the note." lines("Only these lines." at: [Int]): String'),
    ],
    spared: [entity('"The lines of the note." lines: [String!]')],
  },
  'deprecation-date': {
    found: [
      entity('"The text of the note." text: String @deprecated'),
      entity('"The text of the note." text: String @deprecated(reason: "Use lines.")'),
      entity('"The text of the note." text: String @deprecated(reason: "2027-01-31")'),
    ],
    spared: [
      entity('"The text of the note." text: String @deprecated(reason: "Use lines; removed on 2027-01-31.")'),
    ],
  },
  'id-type': {
    found: [
      '"A note of a person." type Note @key(fields: "id") { "Opaque global id." id: String! }',
      entity('"How it reads." text("Whom it is for." customerId: String!): String'),
      entity('"How it reads." text("Whom it is for." customerIds: [String!]!): String'),
    ],
    spared: [
      entity('"How it reads." text("Whom it is for." customerIds: [ID!]): String'),
      entity('"Its name in CRM." externalId: String!'),
      entity('"How it was paid." paid: String'),
    ],
  },
  'output-id': {
    found: [entity('"Whom it is for." customerId: ID!'), entity('"Whom it is for." customerIds: [ID!]!')],
    spared: [
      entity('"What tells its cause." correlationId: String'),
      entity('"What subgraphs call it." nodeId: ID! @inaccessible'),
    ],
  },
  float: {
    found: [
      entity('"What it is worth." worth: Float'),
      entity('"How it reads." text("How wide it is." width: [Float!]): String'),
    ],
    spared: [entity('"What it is worth." worth: String')],
  },
  'mutation-shape': {
    found: [
      mutation('("What is to be noted." note: NoteInput!): NotePayload'),
      mutation('("What is to be noted." input: NoteInput): NotePayload'),
      mutation('("What is to be noted." input: NoteInput!, "How loud it is." loud: Int): NotePayload'),
      mutation('("What is to be noted." input: NoteInput!): NotePayload', undefined, '[UserError!]'),
      mutation('("What is to be noted." input: NoteInput!): NotePayload', 'key: String!'),
      mutation('("What is to be noted." input: NoteInput!): NotePayload', 'idempotencyKey: String'),
    ],
    spared: [mutation('("What is to be noted." input: NoteInput!): NotePayload')],
  },
  'unused-type': {
    found: [
      '"A note of a person." type Note { "The text of the note." text: String }',
      '"What a note is for." enum Kind { "Kept for ever." KEPT }',
      stub,
    ],
    spared: [
      'extend type Query { "What can be read." readable: Readable }\n' +
        '"What can be read." interface Readable { "The text of it." text: String }\n' +
        '"A note of a person." type Note implements Readable { "The text of it." text: String }',
      entity('"The account in CRM." account: Account') + stub,
    ],
  },
}

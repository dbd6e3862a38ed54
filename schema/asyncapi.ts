/** The catalogue of events as an AsyncAPI 3.0 document. */
import { type AggregateEvents, type CataloguedEvent, eventCatalogue } from './event-catalogue.ts'
import type { JsonSchema } from './type-schema.ts'

const SUBGRAPHS: Readonly<Record<AggregateEvents['subgraph'], string>> = {
  crm: 'What happened to customers, deals and contracts, in the order in which it was published.',
  billing: 'What happened to what is sold, billed and paid, in the order in which it was published.',
  erp: 'What happened in the books, in the order in which it was published.',
  insight: 'What followed from all of them, in the order in which it was published.',
  operations: 'What happened between the systems, in the order in which it was published.',
}

/** The document; schemas of the events are references to their files. */
export function asyncApi(): JsonSchema {
  const names = Object.keys(SUBGRAPHS)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Revgraph events',
      version: '1.0.0',
      description:
        'Facts that CRM, billing and ERP recorded. Order holds per aggregate; delivery is at least once, so readers ' +
        'skip an event whose id they applied. Each event carries the full state after the change.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(names.map((name) => [name, channelOf(name)])),
    operations: Object.fromEntries(
      names.map((name) => [`${name}Published`, { action: 'send', channel: { $ref: `#/channels/${name}` } }]),
    ),
    components: {
      messages: Object.fromEntries(eventCatalogue.map((event) => [event.type, messageOf(event)])),
    },
  }
}

function channelOf(subgraph: string): JsonSchema {
  const types = eventCatalogue
    .map(({ type }) => type)
    .filter((type) => type.startsWith(`revgraph.${subgraph}.`))
  return {
    address: subgraph,
    title: `The log of ${subgraph}`,
    description: SUBGRAPHS[subgraph as AggregateEvents['subgraph']],
    messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
  }
}

function messageOf({ type, owner, description, consumers, schema }: CataloguedEvent): JsonSchema {
  return {
    name: type,
    summary: description,
    contentType: 'application/cloudevents+json',
    'x-owner': owner,
    'x-consumers': consumers,
    payload: {
      allOf: [
        { $ref: './events/envelope.json' },
        { type: 'object', properties: { type: { const: type }, data: { $ref: `./${schema}` } } },
      ],
    },
  }
}

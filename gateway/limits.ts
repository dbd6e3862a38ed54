/** Every bound of the gateway: its name says what is counted and in which unit. */
export interface Limits {
  /** Bytes of a request's line and headers. */
  readonly maxHeaderBytes: number
  /** For a client to send its headers, and the whole of its request. */
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
  /** Open connections of clients. */
  readonly maxConnections: number
  /** Requests that are executed at the same time; more are refused at once. */
  readonly maxConcurrentRequests: number
  /** Events that are completed at the same time; more wait, at most one of each subscription. */
  readonly maxConcurrentEvents: number
  /** Bytes of a request body, once it is unpacked. */
  readonly maxBodyBytes: number
  /** UTF-16 units of a document. */
  readonly maxDocumentChars: number
  readonly maxTokens: number
  /** Operations of one document: the limits that follow are for all of them together. */
  readonly maxOperations: number
  /** Nested selection sets, counted through fragments. */
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxRootFields: number
  readonly maxDirectives: number
  /** Uses of `@defer`, counted through fragments: each is planned, fetched and written by itself. */
  readonly maxDeferredFragments: number
  /** UTF-16 units of the label of a deferred fragment, which stands beside each of its parts. */
  readonly maxLabelChars: number
  /** Deferred fragments of one answer, at each object where they stand. */
  readonly maxDeferredParts: number
  /** Directives at one place of the document. */
  readonly maxDirectivesPerPlace: number
  /**
   * Fields after every fragment is written out: what validation, planning and execution really work on. Compiling so
   * many that were not seen before holds up all other requests for about 100 ms; consumers' documents have under 300.
   */
  readonly maxExpandedFields: number
  /** Fields that validation compares: all twice, and those of interfaces again with each type beside them. */
  readonly maxComparedFields: number
  /** Static cost of an operation: objects, when every page is full, and what the schema's directives say. */
  readonly maxCost: number
  /** UTF-16 units of the data of an answer. */
  readonly maxAnswerChars: number
  /** Nested lists and objects of the variables. */
  readonly maxVariableDepth: number
  /** Errors of one answer, and of its log entries; how many more there were is logged. */
  readonly maxErrors: number
  /** Failures of one run that are kept until it shows which of them are told: the rest is null and nothing more. */
  readonly maxKeptErrors: number
  readonly maxCachedDocuments: number
  /** UTF-16 units of all cached documents: what is parsed takes 50 to 250 bytes of memory for each. */
  readonly maxCachedDocumentChars: number
  readonly maxCachedOperations: number
  /** Fields of all compiled operations, fragments written out: each takes about three kilobytes of memory. */
  readonly maxCachedOperationFields: number
  /** Compiled operations kept for each subgraph that runs in process. */
  readonly maxCachedSubgraphOperations: number
  /** UTF-16 units of their texts. */
  readonly maxCachedSubgraphOperationChars: number
  readonly planTimeoutMs: number
  /** For one call of one subgraph, in process or over HTTP. */
  readonly fetchTimeoutMs: number
  /** For all fetches of one request or event: what has not come by then is null with an error. */
  readonly runTimeoutMs: number
  /** How often a read of a remote subgraph is tried where the failure may pass. */
  readonly maxFetchTries: number
  /** The longest pause before the second try; it doubles with each further one. */
  readonly maxRetryPauseMs: number
  /** Failed tries within the window at which a circuit opens, if they are half of all. */
  readonly minCircuitFailures: number
  readonly circuitWindowMs: number
  /** How long an open circuit refuses all calls before it lets one through. */
  readonly circuitRestMs: number
  /** For a client's connection over which nothing passes while an answer is under way or waits to be read. */
  readonly clientSilenceTimeoutMs: number
  /** For one check of readiness. */
  readonly readinessTimeoutMs: number
  /** Entities, and bytes, that a remote subgraph is asked for in one request: as many as our own read. */
  readonly maxRepresentations: number
  readonly maxSubgraphRequestBytes: number
  /** Bytes of one answer of a remote subgraph, compressed or not. */
  readonly maxSubgraphBytes: number
  /** Nested lists and objects of one answer of a remote subgraph. */
  readonly maxSubgraphDepth: number
  /** UTF-16 units of the message of one error of a remote subgraph. */
  readonly maxSubgraphErrorChars: number
  /** Open connections to one remote subgraph, besides those of subscriptions. */
  readonly maxSubgraphSockets: number
  /** UTF-16 units of one event of a remote subgraph. */
  readonly maxEventChars: number
  /** WebSockets of all clients, and of one. */
  readonly maxSockets: number
  readonly maxSocketsPerClient: number
  /** Operations that are open at a time over WebSockets and streams of events: of one client, and on one socket. */
  readonly maxOperationsPerClient: number
  readonly maxOperationsPerSocket: number
  /** UTF-16 units of the id that a client gives to an operation on a socket. */
  readonly maxOperationIdChars: number
  /** For a client to begin once its socket is open. */
  readonly socketInitTimeoutMs: number
  /** For a socket on which no operation is open. */
  readonly socketIdleTimeoutMs: number
  /** Between two signs of life to or from a client. */
  readonly heartbeatMs: number
  /** Bytes that may wait for a client that reads slowly: with more, its subscriptions end, and its answers wait. */
  readonly maxWaitingBytes: number
  /** For a client to close its side once the gateway has closed its socket, or stops. */
  readonly streamCloseTimeoutMs: number
  /** For a remote subgraph that sends neither events nor signs of life: it is taken for lost. */
  readonly eventSilenceTimeoutMs: number
}

/** Room for the consumers' documents several times over, and for GraphiQL's introspection. */
export const defaultLimits: Limits = {
  maxHeaderBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  maxConnections: 10_000,
  maxConcurrentRequests: 1_000,
  maxConcurrentEvents: 200,
  maxBodyBytes: 1_048_576,
  maxDocumentChars: 65_536,
  maxTokens: 3_000,
  maxOperations: 20,
  maxDepth: 16,
  maxAliases: 60,
  maxRootFields: 20,
  maxDirectives: 50,
  maxDeferredFragments: 20,
  maxLabelChars: 200,
  maxDeferredParts: 10_000,
  maxDirectivesPerPlace: 5,
  maxExpandedFields: 1_000,
  maxComparedFields: 20_000,
  maxCost: 500_000,
  maxAnswerChars: 20_000_000,
  maxVariableDepth: 20,
  maxErrors: 100,
  maxKeptErrors: 1_000,
  maxCachedDocuments: 1_000,
  maxCachedDocumentChars: 1_000_000,
  maxCachedOperations: 1_000,
  maxCachedOperationFields: 50_000,
  maxCachedSubgraphOperations: 1_000,
  maxCachedSubgraphOperationChars: 1_000_000,
  planTimeoutMs: 2_000,
  fetchTimeoutMs: 10_000,
  runTimeoutMs: 20_000,
  maxFetchTries: 3,
  maxRetryPauseMs: 50,
  minCircuitFailures: 10,
  circuitWindowMs: 10_000,
  circuitRestMs: 5_000,
  clientSilenceTimeoutMs: 60_000,
  readinessTimeoutMs: 2_000,
  maxRepresentations: 10_000,
  maxSubgraphRequestBytes: 1_048_576,
  maxSubgraphBytes: 16_777_216,
  maxSubgraphDepth: 100,
  maxSubgraphErrorChars: 10_000,
  maxSubgraphSockets: 64,
  maxEventChars: 1_048_576,
  maxSockets: 5_000,
  maxSocketsPerClient: 200,
  maxOperationsPerClient: 500,
  maxOperationsPerSocket: 100,
  maxOperationIdChars: 128,
  socketInitTimeoutMs: 3_000,
  socketIdleTimeoutMs: 600_000,
  heartbeatMs: 15_000,
  maxWaitingBytes: 4_194_304,
  streamCloseTimeoutMs: 2_000,
  eventSilenceTimeoutMs: 30_000,
}

import { fileURLToPath } from 'node:url'

/** Subgraphs that keep something in PostgreSQL, each with its `migrations` here. */
export const STORED_SUBGRAPHS = ['crm', 'billing', 'erp', 'insight', 'operations'] as const

/** Those that record facts of outside systems. */
export const SYSTEMS = ['crm', 'billing', 'erp'] as const

/** The folder of the subgraphs. */
export const SUBGRAPHS_FOLDER = fileURLToPath(new URL('.', import.meta.url))

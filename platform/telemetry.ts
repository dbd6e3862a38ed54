/** The process's own figures, for an operator's Prometheus. Figures of the business are in the graph. */
import { collectDefaultMetrics, Registry } from 'prom-client'

/** All figures of this process. */
export const registry = new Registry()
collectDefaultMetrics({ register: registry })

/** The figures as text, in the format of Prometheus. */
export interface Exposition {
  readonly contentType: string
  readonly body: string
}

/** Reads all figures now. */
export const expose = async (): Promise<Exposition> => ({
  contentType: registry.contentType,
  body: await registry.metrics(),
})

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What is counted, in a registry of its own. */
export class Metrics {
  readonly registry = new Registry()
  private readonly requests = this.counter('fovea_requests_total', 'Requests that were answered', [
    'method',
    'route',
    'status',
  ])
  private readonly durations = new Histogram({
    name: 'fovea_request_seconds',
    help: 'Seconds from the head of a request to the end of its answer',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  })
  private readonly pictures = this.counter('fovea_pictures_total', 'Pictures by what became of them', [
    'outcome',
  ])
  private readonly batches = new Histogram({
    name: 'fovea_batch_pictures',
    help: 'Pictures that were computed together',
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers: [this.registry],
  })
  private readonly batchSeconds = new Histogram({
    name: 'fovea_batch_seconds',
    help: 'Seconds that a batch took',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** @param route as it is declared; what no route answers counts as one, or strangers could make up any number of them */
  request(method: string, route: string | undefined, status: number, seconds: number): void {
    this.requests.inc({ method: route === undefined ? 'any' : method, route: route ?? 'unknown', status })
    this.durations.observe({ route: route ?? 'unknown' }, seconds)
  }

  /** @param outcome `answered`, or the code of the error */
  picture(outcome: string): void {
    this.pictures.inc({ outcome })
  }

  batch(pictures: number, seconds: number): void {
    this.batches.observe(pictures)
    this.batchSeconds.observe(seconds)
  }

  /** A number that is asked for when somebody looks. */
  gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(value())
      },
    })
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] })
  }
}

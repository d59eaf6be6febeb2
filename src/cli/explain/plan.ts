import type { StepKind } from '../../train/step.js'
import type { CliIo } from '../io.js'
import { formatPlan } from './format-plan.js'
import { subjectOf } from './subject.js'

/** The options of `fovea explain plan` as they were given. */
export interface ExplainPlanOptions {
  readonly model?: string
  /** Checked by the plan itself. */
  readonly for: StepKind
  readonly batchSize?: number
  readonly time?: boolean
  readonly threads?: number
  readonly deterministic?: boolean
  readonly json?: boolean
}

/** Does what `fovea explain plan` is asked for. */
export async function explainPlan(
  path: string | null,
  options: ExplainPlanOptions,
  io: CliIo,
): Promise<void> {
  const { title, model, batchSize } = await subjectOf(path, options)
  const plan = await model.plan({
    kind: options.for,
    batchSize: options.batchSize ?? batchSize,
    time: options.time ?? false,
    ...(options.threads !== undefined && { threads: options.threads }),
  })
  io.out(options.json ? JSON.stringify(plan) : formatPlan(title, plan))
}

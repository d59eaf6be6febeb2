import type { Section } from './section.js'
import { augmentationSection, isAugmented } from './sections/augmentation.js'
import { curvesSection } from './sections/curves.js'
import { focusSection } from './sections/focus.js'
import { layersSection } from './sections/layers.js'
import { mistakesSection } from './sections/mistakes.js'
import { networkSection } from './sections/network.js'
import { overviewSection } from './sections/overview.js'
import { shiftSection } from './sections/shift.js'
import { stepsSection } from './sections/steps.js'
import type { Measured } from './subject.js'

/** One part of a report: its heading, and what makes it. */
export interface Chapter {
  readonly id: string
  readonly heading: string
  /** Whether there is anything to it; others are left out. Default: always. */
  concerns?(subject: Measured): boolean
  make(subject: Measured): Promise<Section> | Section
}

/** All there is in a report, in the order of reading. */
export const chapters: readonly Chapter[] = [
  { id: 'overview', heading: 'At a glance', make: overviewSection },
  { id: 'curves', heading: 'Learning curves', make: curvesSection },
  {
    id: 'augmentation',
    heading: 'What it saw in training',
    concerns: isAugmented,
    make: augmentationSection,
  },
  { id: 'mistakes', heading: 'What it gets wrong', make: mistakesSection },
  { id: 'focus', heading: 'Where it looks', make: focusSection },
  { id: 'layers', heading: 'Filters and feature maps', make: layersSection },
  { id: 'shift', heading: 'Moved over the frame', make: shiftSection },
  { id: 'network', heading: 'The network and its sizes', make: networkSection },
  { id: 'convolution', heading: 'Convolution, step by step', make: stepsSection },
]

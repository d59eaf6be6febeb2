import type { Backend } from './backend.js'
import { reference } from './reference/reference.js'

/** The backend that is used when nobody names one. */
export const defaultBackend = (): Backend => reference

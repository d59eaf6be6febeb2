import { measureLimits } from './limits.js'

// node main.js THREADS: the limits of one thread and of so many, as JSON.

const threads = Number(process.argv[2])
const limits = [await measureLimits(1), ...(threads > 1 ? [await measureLimits(threads)] : [])]
process.stdout.write(JSON.stringify(limits))

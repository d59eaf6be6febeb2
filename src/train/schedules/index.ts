export type { Schedule, SchedulePlace } from './schedule.js'

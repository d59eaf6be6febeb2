export { type ToneOptions, type ToneRule, type Tones, toneRules, toTones } from './tones.js'

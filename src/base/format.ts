/** `631,658`: a whole number with thousands separators, as all our tables and messages write it. */
export const formatCount = (n: number): string => n.toLocaleString('en-US')

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']

/** `2.41 MB`: two decimals, a unit being 1,024 of the one before, as Keras counts. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(bytes || 1) / 10)))
  return `${(bytes / 1024 ** unit).toFixed(2)} ${UNITS[unit]}`
}

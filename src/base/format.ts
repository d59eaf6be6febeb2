/** `631,658`: a whole number with thousands separators, as all our tables and messages write it. */
export const formatCount = (n: number): string => n.toLocaleString('en-US')

/** All texts of an SVG, in the order they are written; for tests. */
export const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(match => match[1]!.replace(/<[^>]*>/g, ''))

/** Names and addresses that mean this machine and nobody else. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  )
}

/** The name in a Host header, without its port. */
export const hostnameOf = (host: string): string => host.replace(/:\d*$/, '')

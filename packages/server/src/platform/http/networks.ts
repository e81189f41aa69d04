import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Whether an address belongs to one of these CIDR blocks; an IPv4 address that is written as IPv6 is the same one.
 * @param address the caller's, as far as the trusted proxy tells
 * @throws Error when a block is none
 */
export function isWithinNetworks(address: string, blocks: readonly string[]): boolean {
  const list = new BlockList()
  for (const block of blocks) {
    const [network = '', bits] = block.split('/')
    list.addSubnet(network, Number(bits), familyOf(network))
  }
  // A link-local address may name the interface it came in by.
  const [bare = ''] = address.split('%')
  return (isIPv4(bare) || isIPv6(bare)) && list.check(bare, familyOf(bare))
}

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6')

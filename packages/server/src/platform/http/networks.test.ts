import { expect, it } from 'vitest'
import { isWithinNetworks } from './networks.ts'

const CAMPUS = ['192.0.2.0/24', '198.51.100.128/25', '2001:db8:5::/48']

it.each([
  ['192.0.2.77', true],
  ['192.0.3.1', false],
  ['198.51.100.127', false],
  ['198.51.100.128', true],
  ['::ffff:192.0.2.77', true],
  ['::ffff:c000:24d', true],
  ['::ffff:192.0.3.1', false],
  ['2001:db8:5::1', true],
  ['2001:DB8:5:0::1', true],
  ['2001:db8:6::1', false],
  ['fe80::1%eth0', false],
  ['', false],
  ['192.0.2.77, 10.0.0.1', false],
  ['not an address', false],
])('%j is on the campus: %s', (address, isWithin) => {
  expect(isWithinNetworks(address, CAMPUS)).toBe(isWithin)
})

it('is nowhere where no network is named', () => {
  expect(isWithinNetworks('192.0.2.77', [])).toBe(false)
})

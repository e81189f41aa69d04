import { expect, test } from 'vitest'
import { peersTable, replaceTable } from './peers-table.ts'

const system = {
  name: 'ours',
  version: '1',
  accuracy: 0.99333,
  auc: 0.9998,
  eer: 0.00667,
  tarAtFar1e2: 0.99,
  undetected: 0,
  msPerFrame: { p50: 41.6, p95: 60.2 },
  antispoofAuc: { antispoof: 1 },
  padUndetected: 2,
}
const blind = { ...system, name: 'peer', antispoofAuc: null, padUndetected: null, tarAtFar1e2: null }

test('the table has a row a system and says what was not measured', () => {
  const table = peersTable({ pairs: 600, pictures: 807, padPictures: 144, systems: [system, blind] })
  expect(table).toContain('600 pairs of 807 pictures; 144 pictures for anti-spoofing.')
  expect(table).toContain(
    '| ours (1) | 99.33 % | 0.67 % | 0.99980 | 99.00 % | 0 | antispoof 1.000 (2 undetected) | 42 (60) |',
  )
  expect(table).toContain('| peer (1) | 99.33 % | 0.67 % | 0.99980 | too few pairs | 0 | – | 42 (60) |')
})

test('a table takes the place of the last one and leaves the rest of the page as it is', () => {
  const page = 'before\n<!-- peers: written by `npm run -s bench -- peers` -->\nold\n<!-- /peers -->\nafter\n'
  const written = replaceTable(page, 'new')
  expect(written).toBe(page.replace('old', 'new'))
  expect(replaceTable(written, 'new')).toBe(written)
  expect(() => replaceTable('a page without the place', 'new')).toThrow('has no place')
})

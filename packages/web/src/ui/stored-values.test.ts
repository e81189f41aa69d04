import { expect, test } from 'vitest'
import { plainName, plainValue } from './stored-values.ts'

const words = { nothing: 'none', yes: 'yes', no: 'no' }

test('what a log keeps is read out without brackets and quotes', () => {
  expect(plainValue(['face', 'code'], words)).toBe('face, code')
  expect(plainValue({ needs: 'all', proofs: [] }, words)).toBe('needs all; proofs none')
  expect(plainValue({ isDemanded: true, minutes: { lateAfter: 10 } }, words)).toBe(
    'is demanded yes; minutes late after 10',
  )
  expect(plainValue(0, words)).toBe('0')
  expect([null, undefined, '', [], {}].map((value) => plainValue(value, words))).toEqual(Array(5).fill('none'))
})

test('names are words', () => {
  expect(plainName('lateAfterMinutes')).toBe('late after minutes')
})

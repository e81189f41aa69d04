import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCode, tidyTyped } from './read-code.ts'

const SESSION = '3f2c1a90-7b1e-4c55-9a54-0d6f8e2b7c11'

describe('a code', () => {
  it.each([
    ['7KQ2M9', { sessionId: null, code: '7KQ2M9' }],
    ['7kq 2m9', { sessionId: null, code: '7KQ2M9' }],
    [' 7KQ-2M9 ', { sessionId: null, code: '7KQ2M9' }],
    ['7KQ2MO', { sessionId: null, code: '7KQ2M0' }],
    [`https://college.example/c/${SESSION}/7KQ2M9`, { sessionId: SESSION, code: '7KQ2M9' }],
    [`http://localhost:3000/c/${SESSION}/7kq2m9?x=1`, { sessionId: SESSION, code: '7KQ2M9' }],
    [`https://elsewhere.example/c/${SESSION}/7KQ2M9#y`, { sessionId: SESSION, code: '7KQ2M9' }],
  ])('is read from %s', (text, read) => {
    expect(readCode(text)).toEqual(read)
  })

  it.each(['', '7KQ2M', '7KQ2M9X', 'https://example.com', 'javascript:alert(1)', `/c/${SESSION}/`, `/c/nobody/7KQ2M9`])(
    'is not in %s',
    (text) => {
      expect(readCode(text)).toBeNull()
    },
  )

  it('is what the field shows, however it came in', () => {
    expect(tidyTyped(`https://college.example/c/${SESSION}/7KQ2M9`)).toBe('7KQ2M9')
    expect(tidyTyped('7kq-2')).toBe('7KQ2')
    fc.assert(fc.property(fc.string(), (text) => tidyTyped(text).length <= 6))
  })
})

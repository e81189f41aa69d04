import { downloadReceipt, endSession, listSessionRoots, MarkStatement, Receipt } from '@app/contract'
import { checkReceipt } from '@app/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aSession, type TestPerson } from '../../testing/builders.ts'
import { aCollege, nth, type TestCollege } from '../../testing/builders-class.ts'
import { decided, markAnew } from '../../testing/builders-marks.ts'
import { asOwner } from '../../testing/database.ts'
import { findLastRoots } from './session-roots.ts'
import { sha256 } from './sha256.ts'

let app: TestApp
let college: TestCollege
let sessionId: string
let alice: TestPerson
let bob: TestPerson
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  college = await aCollege(app, { students: 5 })
  sessionId = (await aSession(app, college.class, { startedBy: college.teacher })).id
  ;[alice, bob] = [nth(college.students, 0), nth(college.students, 1)]
})

const slowly = async (bytes: Uint8Array) => sha256(bytes)
const mark = (student: TestPerson, status: 'present' | 'late' | 'excused' | 'absent', reason = '') => {
  app.clock.advance(1000)
  const of = { as: college.teacher, sessionId, studentId: student.id }
  return markAnew(app, of, decided(status, { reason, note: `a note on ${student.rollNo}` }))
}
const end = () => {
  app.clock.advance(60_000)
  return app.call(endSession, { as: college.teacher, params: { sessionId } })
}
const roots = async () => (await app.call(listSessionRoots, { as: college.teacher, params: { sessionId } })).body.roots
const ask = (as: { token: string }) => app.call(downloadReceipt, { as, params: { sessionId } })
const receiptOf = async (as: { token: string }) => Receipt.parse(JSON.parse((await ask(as)).raw.body))

describe('the root of a session', () => {
  test('is there once it has ended, and over every mark', async () => {
    await mark(alice, 'present')
    expect(await roots()).toEqual([])
    await end()
    expect(await roots()).toEqual([
      { root: expect.stringMatching(/^[0-9a-f]{64}$/), marks: 5, at: app.clock.now().toISOString() },
    ])
  })

  test('is a new one after a correction, beside those that were printed before', async () => {
    await mark(alice, 'present')
    await end()
    const [first] = await roots()
    await mark(bob, 'excused', 'a note')
    await mark(bob, 'late')
    const all = await roots()
    expect(all.map(({ marks }) => marks)).toEqual([5, 6, 7])
    expect(all[0]).toEqual(first)
    expect(new Set(all.map(({ root }) => root)).size).toBe(3)
    const last = await app.db.inInstitution(college.institution.id, (tx) => findLastRoots(tx, [sessionId]))
    expect(last.get(sessionId)).toEqual(all[2])
  })
})

describe('a receipt', () => {
  test('proves a student’s own mark by the session’s root, and every student’s', async () => {
    await mark(alice, 'late', 'the bus')
    await end()
    const [root] = await roots()
    for (const [i, student] of college.students.entries()) {
      const receipt = await receiptOf(student)
      expect(await checkReceipt(receipt, root?.root ?? '', slowly)).toEqual({ outcome: 'proved', by: 'whole' })
      expect(receipt).toMatchObject({ institution: 'Hill College', rollNo: `R${i + 1}`, size: 5 })
      expect(MarkStatement.parse(JSON.parse(receipt.statement))).toMatchObject({
        institution: college.institution.id,
        student: student.id,
        session: sessionId,
        status: i === 0 ? 'late' : 'absent',
        method: i === 0 ? 'hand' : 'closing',
        held: false,
      })
    }
  })

  test('is of the mark as it stands, by the newest root; an older one keeps its own', async () => {
    await mark(alice, 'absent')
    await end()
    const before = await receiptOf(alice)
    await mark(alice, 'present', 'was there')
    const after = await receiptOf(alice)
    const [first, second] = await roots()
    expect(JSON.parse(after.statement)).toMatchObject({ status: 'present' })
    expect(await checkReceipt(after, second?.root ?? '', slowly)).toMatchObject({ outcome: 'proved' })
    expect(await checkReceipt(before, first?.root ?? '', slowly)).toMatchObject({ outcome: 'proved' })
    expect(await checkReceipt(before, second?.root ?? '', slowly)).toEqual({ outcome: 'other-root' })
  })

  test('holds nothing of others but hashes that cannot be guessed back, nor what teachers note', async () => {
    await mark(alice, 'present')
    await mark(bob, 'excused', 'at the doctor')
    await end()
    const text = (await ask(alice)).raw.body
    for (const other of college.students.slice(1)) {
      expect(text).not.toContain(other.id)
      expect(text).not.toContain(other.fullName)
    }
    for (const kept of ['at the doctor', 'a note on', college.teacher.id]) expect(text).not.toContain(kept)
    // All that a neighbour's statement says but its salt, and there are 2^122 of these.
    const [{ salts } = { salts: 0 }] = await asOwner<{ salts: number }>(
      app.databaseUrl,
      `select count(distinct salt)::int as salts from audit_log where session_id = '${sessionId}' and action = 'record-made'`,
    )
    expect(salts).toBe(5)
  })

  test('is not there before the end, and never for somebody without a mark', async () => {
    await mark(alice, 'present')
    expect((await ask(alice)).error).toBe('receipt-not-ready')
    expect((await ask(bob)).error).toBe('not-found')
    const elsewhere = await aCollege(app)
    expect((await ask(nth(elsewhere.students, 0))).error).toBe('not-found')
  })

  test('is refused rather than made from a row that was altered', async () => {
    await mark(alice, 'absent')
    await end()
    await asOwner(
      app.databaseUrl,
      `update audit_log set new_value = '{"status": "present"}' where session_id = '${sessionId}' and subject_id = '${alice.id}'`,
    )
    expect((await ask(alice)).error).toBe('broken')
  })
})

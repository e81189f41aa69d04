import { judgeStudent, judgeTeacher } from '@app/domain'
import { type Context, inOrder, type Judge, type ReadRow } from './judge-rows.ts'
import { findEmailOwners, findPeopleByEmail, findPeopleByRollNo } from './known.store.ts'
import { studentKey } from './row-keys.ts'

const emailsOf = (rows: readonly ReadRow[]) => rows.flatMap(({ reading }) => reading.texts.email ?? [])

export const judgeStudents =
  (context: Context): Judge =>
  async (tx, rows, index) => {
    const asked = {
      classId: context.class?.id ?? null,
      teacherId: context.by.kind === 'teacher' ? context.by.personId : null,
    }
    const known = await findPeopleByRollNo(
      tx,
      rows.map(({ lowered }) => lowered.rollNo),
      asked,
    )
    const owners = await findEmailOwners(tx, emailsOf(rows))
    return inOrder(rows, index, ({ n, reading, lowered }) => {
      const { email } = reading.texts
      const judgement = judgeStudent(reading, {
        known: known.get(lowered.rollNo) ?? null,
        emailOwnerId: email === undefined ? null : (owners.get(email) ?? null),
        rollNoInRow: lowered.rollNo === '' ? null : (index.before(studentKey(lowered.rollNo), n)?.row ?? null),
        emailInRow: email === undefined ? null : (index.before(`email:${email}`, n)?.row ?? null),
        joinsClass: context.class?.name ?? null,
        by: context.by.kind,
      })
      return { judgement }
    })
  }

export const judgeTeachers: Judge = async (tx, rows, index) => {
  const known = await findPeopleByEmail(tx, emailsOf(rows))
  return inOrder(rows, index, ({ n, reading }) => {
    const { email = '' } = reading.texts
    const emailInRow = email === '' ? null : (index.before(`email:${email}`, n)?.row ?? null)
    return { judgement: judgeTeacher(reading, { known: known.get(email) ?? null, emailInRow }) }
  })
}

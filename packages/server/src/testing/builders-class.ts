import type { Policy } from '@app/domain'
import type { TestApp } from './app.ts'
import { aClass, anInstitution, aPerson, type TestClass, type TestInstitution, type TestPerson } from './builders.ts'

/** A college with one class: its teacher, an admin, another teacher who has nothing to do with it, and its students. */
export type TestCollege = {
  institution: TestInstitution
  admin: TestPerson
  teacher: TestPerson
  otherTeacher: TestPerson
  students: TestPerson[]
  class: TestClass
}

export async function aCollege(
  test: TestApp,
  given: { students?: number; policy?: Partial<Policy> } = {},
): Promise<TestCollege> {
  const institution = await anInstitution(test, { policy: given.policy ?? {} })
  const admin = await aPerson(test, institution, { roles: ['admin'] })
  const teacher = await aPerson(test, institution, { roles: ['teacher'], fullName: 'Tara Teacher' })
  const otherTeacher = await aPerson(test, institution, { roles: ['teacher'] })
  const students: TestPerson[] = []
  for (let i = 1; i <= (given.students ?? 2); i++)
    students.push(await aPerson(test, institution, { roles: ['student'], rollNo: `R${i}` }))
  const taught = await aClass(test, institution, { teachers: [teacher], students })
  // Everybody was there before the first session opens.
  test.clock.advance(1000)
  return { institution, admin, teacher, otherTeacher, students, class: taught }
}

/** The member of a list that a test has put there. */
export function nth<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there is no item ${index} of ${items.length}`)
  return item
}

import {
  changeInstitutionSettings,
  getClassTimetable,
  getInstitutionSettings,
  getMe,
  type InstitutionSettings,
} from '@app/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { aCollege } from '../../testing/builders-class.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const SHIPPED: InstitutionSettings = { name: 'Hill College', timeZone: 'Asia/Kolkata', locale: 'en', weekStart: 1 }

it('are changed by an admin, hold at once, and keep who changed what', async () => {
  const { admin, institution, class: taught } = await aCollege(test)
  expect((await test.call(getInstitutionSettings, { as: admin })).body).toEqual(SHIPPED)
  const changed = { ...SHIPPED, name: 'Valley College', weekStart: 7 }
  expect((await test.call(changeInstitutionSettings, { as: admin, body: changed })).body).toEqual(changed)
  expect((await test.call(changeInstitutionSettings, { as: admin, body: changed })).body).toEqual(changed)
  expect((await test.call(getMe, { as: admin })).body.institution.name).toBe('Valley College')
  const timetable = await test.call(getClassTimetable, {
    as: admin,
    params: { classId: taught.id },
    query: { week: '2026-03-04' },
  })
  expect(timetable.body.week.days[0]).toBe('2026-03-01')
  const rows = await test.db.inInstitution(institution.id, (tx) =>
    tx.selectFrom('audit_log').select(['old_value', 'new_value']).where('action', '=', 'institution-changed').execute(),
  )
  expect(rows).toEqual([
    {
      old_value: { name: 'Hill College', weekStart: 1 },
      new_value: { name: 'Valley College', weekStart: 7 },
    },
  ])
})

it.each<[string, Partial<InstitutionSettings>]>([
  ['time zone that does not exist', { timeZone: 'Asia/Atlantis' }],
  ['offset, which knows no summer time', { timeZone: '+05:30' }],
  ['language that is none', { locale: '!!' }],
  ['day of the week beyond Sunday', { weekStart: 8 }],
  ['name of one letter', { name: 'H' }],
])('take no %s', async (_, wrong) => {
  const { admin } = await aCollege(test)
  expect((await test.call(changeInstitutionSettings, { as: admin, body: { ...SHIPPED, ...wrong } })).error).toBe(
    'bad-input',
  )
})

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  getClassReport,
  getInstallation,
  listClasses,
  listClassSessions,
  listClassStudents,
  planFromTimetable,
  signIn,
} from '@app/contract'
import { dayAt } from '@app/domain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listInstallation } from '../features/institutions/index.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { anInstitution } from '../testing/builders.ts'
import { DemoRefused } from './demo-refused.ts'
import { fillDemo } from './fill-demo.ts'

let app: TestApp
let dataDir: string
beforeEach(async () => {
  app = await createTestApp()
  dataDir = await mkdtemp(path.join(tmpdir(), 'demo-'))
})
afterEach(async () => {
  await app.close()
  await rm(dataDir, { recursive: true })
})

const fill = () => fillDemo({ ...app.deps, dataDir })
const passwordOf = (lines: string[]) => lines[0]?.replace('Password of every account: ', '') ?? ''
const enter = async (identifier: string, password: string) => {
  const { body } = await app.call(signIn, { body: { identifier, password } })
  return { token: body.accessToken, me: body.me }
}

test('fills a demo institution whose printed accounts sign in', async () => {
  const { lines } = await fill()
  const password = passwordOf(lines)
  for (const line of lines.filter((line) => /^(Admin|Teacher|Student)/.test(line))) {
    const [role = '', identifier = ''] = line.split(/\s+/)
    const { me } = await enter(identifier, password)
    expect(me.roles).toContain(role.toLowerCase())
    expect(me.institution.isDemo).toBe(true)
  }
  expect((await app.call(getInstallation, {})).body.isDemo).toBe(true)
})

test('has two teachers, three classes in two subjects, forty students and eight weeks of records', async () => {
  const { lines } = await fill()
  const admin = await enter('admin@college.example', passwordOf(lines))
  const { classes } = (await app.call(listClasses, { as: admin })).body
  expect(classes).toHaveLength(3)
  expect(new Set(classes.map((each) => each.subject.code)).size).toBe(2)
  expect(new Set(classes.flatMap((each) => each.teachers.map(({ personId }) => personId))).size).toBe(2)
  const lists = await Promise.all(
    classes.map(({ id }) => app.call(listClassStudents, { as: admin, params: { classId: id } })),
  )
  expect(new Set(lists.flatMap(({ body }) => body.students.map(({ personId }) => personId))).size).toBe(40)
  for (const { id } of classes) {
    const report = (await app.call(getClassReport, { as: admin, params: { classId: id } })).body
    expect(report.sessions).toBeGreaterThanOrEqual(15)
    expect(report.rows.every((row) => row.totalSessions > 0)).toBe(true)
    const shares = report.rows.map((row) => row.percentage ?? 0)
    expect(Math.max(...shares)).toBeGreaterThan(90)
    expect(Math.min(...shares)).toBeLessThan(75)
  }
})

test('has planned the sessions of the coming two weeks from a timetable', async () => {
  const { lines } = await fill()
  const admin = await enter('admin@college.example', passwordOf(lines))
  const { classes } = (await app.call(listClasses, { as: admin })).body
  for (const { id } of classes) {
    const params = { classId: id }
    const { sessions } = (await app.call(listClassSessions, { as: admin, params })).body
    const planned = sessions.filter(({ state }) => state === 'planned')
    expect(planned.length).toBeGreaterThanOrEqual(3)
    expect(planned.every(({ isFromTimetable }) => isFromTimetable)).toBe(true)
    const days = planned.map(({ opensAt }) => dayAt(new Date(opensAt), admin.me.institution.timeZone)).sort()
    const { rows } = (
      await app.call(planFromTimetable, {
        as: admin,
        params,
        query: { mode: 'check' },
        body: { from: days[0] ?? '', until: days.at(-1) ?? '' },
      })
    ).body
    expect(rows.map(({ outcome }) => outcome)).toEqual(planned.map(() => 'same'))
  }
})

test('a second start fills nothing and prints the same accounts', async () => {
  const first = await fill()
  expect(await fill()).toEqual(first)
  expect(await app.db.outside(listInstallation)).toHaveLength(1)
})

test('keeps the accounts in a file that only its owner reads', async () => {
  const { lines } = await fill()
  const file = path.join(dataDir, 'demo-accounts.txt')
  expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toEqual(lines)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('says where the accounts are when the data folder is another one', async () => {
  await fill()
  await rm(path.join(dataDir, 'demo-accounts.txt'))
  expect((await fill()).lines.join()).toContain('demo-accounts.txt')
})

test('two data folders have two passwords', async () => {
  const { lines } = await fill()
  const other = await createTestApp()
  await writeFile(path.join(dataDir, 'demo-accounts.txt'), 'of a demo that was never made')
  const second = await fillDemo({ ...other.deps, dataDir })
  await other.close()
  expect(passwordOf(second.lines)).not.toBe(passwordOf(lines))
})

test('does not mix with an institution that is there already', async () => {
  await anInstitution(app)
  await expect(fill()).rejects.toBeInstanceOf(DemoRefused)
})

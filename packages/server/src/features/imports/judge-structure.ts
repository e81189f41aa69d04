import { randomUUID } from 'node:crypto'
import { findNearMiss, judgeClass, judgeEnrolment, judgeTerm, type SubjectFacts } from '@app/domain'
import type { Tx } from '../../platform/db/open.ts'
import { type Context, inOrder, type Judge, type ReadRow } from './judge-rows.ts'
import {
  type ClassOfSubject,
  findClassesOf,
  findPeopleByRollNo,
  findSimilarRollNos,
  findStays,
  findSubjectsByCode,
  findTeachersByEmail,
  type KnownSubject,
  listClassNames,
  listTeacherEmails,
  listTerms,
} from './known.store.ts'
import { classKey, stayKey, studentKey, subjectKey, termKey } from './row-keys.ts'
import type { SheetIndex } from './sheet-index.ts'

export const judgeTerms: Judge = async (tx, rows, index) => {
  const known = await listTerms(tx)
  return inOrder(rows, index, ({ n, reading, lowered: { term } }) => {
    const inRow = term === '' ? null : (index.before(termKey(term), n)?.row ?? null)
    return { judgement: judgeTerm(reading, { known: known.get(term) ?? null, inRow }) }
  })
}

type Structure = { subjects: Map<string, KnownSubject>; classes: Map<string, ClassOfSubject> }

async function findStructure(tx: Tx, rows: readonly ReadRow[]): Promise<Structure> {
  const codes = [...new Set(rows.map(({ lowered }) => lowered.code))].filter((code) => code !== '')
  const subjects = await findSubjectsByCode(tx, codes)
  const codeOf = new Map([...subjects.values()].map(({ id, key }) => [id, key]))
  const classes = await findClassesOf(tx, [...codeOf.keys()])
  return {
    subjects,
    classes: new Map(
      classes.map((each) => [classKey({ code: codeOf.get(each.subjectId) ?? '', className: each.key }), each]),
    ),
  }
}

/** Reads a list once for a whole file, and only if a row asks for what is not there. */
function onDemand<Value>(read: (tx: Tx) => Promise<Value>): (tx: Tx) => Promise<Value> {
  let reading: Promise<Value> | undefined
  return (tx) => {
    reading ??= read(tx)
    return reading
  }
}

export function createClassJudge(): Judge {
  const teacherEmails = onDemand(listTeacherEmails)
  return async (tx, rows, index) => {
    const { subjects, classes } = await findStructure(tx, rows)
    const terms = await listTerms(tx)
    const emails = [...new Set(rows.flatMap(({ reading }) => reading.emails))]
    const teachers = await findTeachersByEmail(tx, emails)
    const unknown = emails.some((email) => !teachers.has(email))
    const others = unknown ? await teacherEmails(tx) : []
    return inOrder(rows, index, ({ n, reading, lowered }) => {
      const subject = subjectOf(subjects.get(lowered.code), index, { key: subjectKey(lowered.code), n })
      const term = terms.get(lowered.term) ?? plannedTerm(index, { key: termKey(lowered.term), n }, reading.texts.term)
      const judgement = judgeClass(reading, {
        subject,
        known: classes.get(classKey(lowered)) ?? null,
        inRow: lowered.className === '' ? null : (index.before(classKey(lowered), n)?.row ?? null),
        term,
        termNearMiss: term ? null : nearTerm(reading.texts.term, terms),
        teacherIds: withPlanned(teachers, reading.emails, index, n),
        teacherNearMiss: (email) => findNearMiss(email, others),
      })
      if (!judgement.values) return { judgement }
      const { subjectCode: code, subjectName: name, department } = judgement.values
      const id = judgement.values.subjectId ?? randomUUID()
      return {
        judgement: { ...judgement, values: { ...judgement.values, subjectId: id } },
        subject: { id, code, name, department: department ?? subject?.department ?? null },
      }
    })
  }
}

type Place = { key: string; n: number }

/** What the file has said of a subject so far comes before what is known of it. */
function subjectOf(known: KnownSubject | undefined, index: SheetIndex, { key, n }: Place): SubjectFacts | null {
  const said = index.before(key, n)
  if (said?.subject) return { ...said.subject, saidInRow: said.row }
  return known ? { ...known, saidInRow: null } : null
}

function plannedTerm(index: SheetIndex, { key, n }: Place, name = '') {
  const entry = index.before(key, n)
  return entry?.isTaken && entry.targetId !== null ? { id: entry.targetId, name } : null
}

const nearTerm = (asked: string | undefined, terms: ReadonlyMap<string, { name: string }>) =>
  asked === undefined
    ? null
    : findNearMiss(
        asked,
        [...terms.values()].map(({ name }) => name),
      )

function withPlanned(known: ReadonlyMap<string, string>, emails: readonly string[], index: SheetIndex, n: number) {
  const ids = new Map<string, string>()
  for (const email of emails) {
    const planned = index.before(`email:${email}`, n)
    const id = known.get(email) ?? (planned?.isTaken ? planned.targetId : null)
    if (id) ids.set(email, id)
  }
  return ids
}

/** Names that are looked for one by one are few: a file in which everything is wrong gets no suggestions for the rest. */
const MOST_SIMILAR = 200

export function createEnrolmentJudge(context: Context): Judge {
  const classNames = onDemand(listClassNames)
  return async (tx, rows, index) => {
    const { subjects, classes } = await findStructure(tx, rows)
    const rollNos = rows.map(({ lowered }) => lowered.rollNo)
    const people = await findPeopleByRollNo(tx, rollNos, { classId: null, teacherId: null })
    const students = rows.map(({ n, lowered }) => {
      const person = people.get(lowered.rollNo)
      if (person) return { id: person.personId, isStudent: person.roles.includes('student') && !person.isMerged }
      return planned(index, { key: studentKey(lowered.rollNo), n }, { isStudent: true })
    })
    const taught = rows.map(({ n, lowered }) => {
      const known = classes.get(classKey(lowered))
      return known ?? planned(index, { key: classKey(lowered), n }, { isArchived: false })
    })
    const pairs = rows.flatMap((_, i) => {
      const [student, of] = [students[i], taught[i]]
      return student && of ? [{ personId: student.id, classId: of.id }] : []
    })
    const stays = await findStays(tx, pairs, context.timeZone)
    const missing = rows.flatMap(({ reading }, i) => (students[i] ? [] : (reading.texts.roll_no ?? [])))
    const similar = await findSimilarRollNos(tx, missing.slice(0, MOST_SIMILAR))
    const names = taught.every((each) => each !== null) ? [] : await classNames(tx)
    const at = new Map(rows.map(({ n }, i) => [n, i]))
    return inOrder(rows, index, ({ n, reading, lowered }) => {
      const i = at.get(n) ?? 0
      const [student, of] = [students[i] ?? null, taught[i] ?? null]
      const subject = subjects.get(lowered.code)
      const judgement = judgeEnrolment(reading, {
        student,
        studentNearMiss: similar.get(reading.texts.roll_no ?? '') ?? null,
        class: of,
        classNearMiss: of ? null : nearClass(reading.texts, subject?.code, names),
        stays: stays.get(`${student?.id}/${of?.id}`) ?? [],
        inRow: index.before(stayKey(lowered), n)?.row ?? null,
        today: context.today,
      })
      return { judgement }
    })
  }
}

function planned<More extends object>(index: SheetIndex, { key, n }: Place, more: More) {
  const entry = index.before(key, n)
  return entry?.isTaken && entry.targetId !== null ? { id: entry.targetId, ...more } : null
}

/** Within the subject where that is known, else by both. */
function nearClass(
  { class: name = '', subject_code: code = '' }: ReadRow['reading']['texts'],
  knownCode: string | undefined,
  names: readonly { code: string; name: string }[],
): string | null {
  if (knownCode === undefined)
    return findNearMiss(
      `${code} ${name}`,
      names.map((each) => `${each.code} ${each.name}`),
    )
  return findNearMiss(
    name,
    names.flatMap((each) => (each.code === knownCode ? [each.name] : [])),
  )
}

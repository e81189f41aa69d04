import {
  type listPeople as listRoute,
  PEOPLE_AT_ONCE,
  PEOPLE_PER_PAGE,
  type PeopleFilter,
  type PeopleSort,
  type ReplyOf,
} from '@app/contract'
import { z } from 'zod'
import type { Database, Tx } from '../../platform/db/open.ts'
import { Failure } from '../../platform/failure.ts'
import { type Actor, requireRole } from '../../platform/http/actor.ts'
import { type SheetFile, type SheetFormat, writeSheet } from '../../platform/spreadsheet/write-sheet.ts'
import type { FaceModel } from '../../platform/vision.ts'
import { getInstitution } from '../institutions/index.ts'
import {
  countPeople,
  type FoundPerson,
  findPeopleLike,
  listChoices,
  listPage,
  type Place,
  type Sought,
} from './directory.store.ts'

export type DirectoryDeps = { db: Database; faceModel: FaceModel; now: () => Date }

/** More than these are not worth naming to the database one by one: the pattern is. */
const MOST_FOUND = 1_000

export type PageRequest = {
  actor: Actor
  filter: PeopleFilter
  sort: PeopleSort
  order: 'up' | 'down'
  after: string | null
}

/** @throws Failure `not-allowed`, `bad-input` for a place that was not handed out for this order */
export async function listPeople(deps: DirectoryDeps, input: PageRequest): Promise<ReplyOf<typeof listRoute>> {
  requireRole(input.actor, 'admin')
  const { sort, order } = input
  const after = input.after === null ? null : readPlace(input.after, sort)
  return deps.db.inInstitution(input.actor.institutionId, async (tx) => {
    const sought = await seek(deps, tx, input.filter)
    // What narrows the list has to look at everybody anyway; the whole list is counted apart, its page comes by an index.
    const isCounted = after === null && isNarrowed(sought)
    const found = await listPage(tx, sought, {
      isCounted,
      order: { sort, isDown: order === 'down' },
      after,
      limit: PEOPLE_PER_PAGE + 1,
    })
    const people = found.slice(0, PEOPLE_PER_PAGE)
    const last = people.at(-1)
    return {
      people: people.map(toRow),
      next:
        found.length > PEOPLE_PER_PAGE && last ? writePlace({ value: last.sortedBy, personId: last.personId }) : null,
      total: after !== null ? null : isCounted ? (found[0]?.total ?? 0) : await countPeople(tx, sought),
    }
  })
}

/** What people can be filtered by, as it stands among them. */
export async function listPeopleChoices({ db }: Pick<DirectoryDeps, 'db'>, { actor }: { actor: Actor }) {
  requireRole(actor, 'admin')
  return db.inInstitution(actor.institutionId, listChoices)
}

/** Turns a filter into what the store asks: a search that names few people is asked of the index first. */
export async function seek(
  { faceModel, now }: Pick<DirectoryDeps, 'faceModel' | 'now'>,
  tx: Tx,
  { search = '', ...filter }: PeopleFilter,
): Promise<Sought> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const patterns = words
    // The longest word finds the fewest.
    .toSorted((a, b) => b.length - a.length)
    .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  const sought = { filter, patterns, found: null, model: faceModel.name, at: now() }
  // The index holds groups of three letters.
  if (!words.some((word) => word.length >= 3)) return sought
  const found = await findPeopleLike(tx, patterns, MOST_FOUND + 1)
  return found.length > MOST_FOUND ? sought : { ...sought, found }
}

const HEADER = ['Name', 'Roll No', 'Email', 'Phone', 'Department', 'Batch', 'Roles', 'Account', 'Face', 'Consent']

/** @throws Failure `not-allowed`, `too-many-people` */
export async function makePeopleFile(
  deps: DirectoryDeps,
  { actor, filter, format }: { actor: Actor; filter: PeopleFilter; format: SheetFormat },
): Promise<SheetFile> {
  requireRole(actor, 'admin')
  const { people, name } = await deps.db.inInstitution(actor.institutionId, async (tx) => {
    const order = { sort: 'name', isDown: false } as const
    const people = await listPage(tx, await seek(deps, tx, filter), {
      order,
      after: null,
      limit: PEOPLE_AT_ONCE + 1,
      isCounted: false,
    })
    return { people, name: (await getInstitution(tx)).name }
  })
  if (people.length > PEOPLE_AT_ONCE) throw new Failure('too-many-people')
  return writeSheet(format, {
    name: `${name} people`,
    header: HEADER,
    rows: people.map((person) => [
      person.fullName,
      person.rollNo,
      person.email,
      person.phone,
      person.department,
      person.batch,
      person.roles.join(', '),
      person.status,
      person.isEnrolled ? 'enrolled' : 'none',
      person.hasConsent ? 'given' : 'none',
    ]),
  })
}

const isNarrowed = ({ filter, patterns }: Sought) => patterns.length > 0 || Object.keys(filter).length > 0

const toRow = ({ sortedBy: _, total: __, invitedAt, lastSeenAt, ...person }: FoundPerson) => ({
  ...person,
  invitedAt: invitedAt?.toISOString() ?? null,
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
})

const Written = z.tuple([z.string(), z.uuid()])

const writePlace = ({ value, personId }: Place) => Buffer.from(JSON.stringify([value, personId])).toString('base64url')

function readPlace(text: string, sort: PeopleSort): Place {
  const wrong = () => new Failure('bad-input', { fields: [{ path: 'query.after', message: 'no such place' }] })
  try {
    const [value, personId] = Written.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (value.includes('\0') || (sort === 'added' && !z.iso.datetime().safeParse(value).success)) throw wrong()
    return { value, personId }
  } catch {
    throw wrong()
  }
}

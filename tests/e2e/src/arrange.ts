import { setTimeout as wait } from 'node:timers/promises'
import {
  acceptInvite,
  commitImport,
  createClass,
  getImport,
  inviteImported,
  inviteTeacher,
  type ParamsOf,
  type ResultOf,
  type RouteSpec,
  type SentBodyOf,
  type SentQueryOf,
  setUp,
  startImport,
} from '@app/contract'
import type { RunningServer } from './server.ts'

export const PASSWORD = 'four quiet green herons'

type JsonRoute = RouteSpec & { response: { parse(answer: unknown): unknown } }
type Ask<Route extends RouteSpec> = {
  as?: string
  params?: ParamsOf<Route>
  query?: SentQueryOf<Route>
  body?: SentBodyOf<Route>
  file?: { name: string; bytes: Blob }
}

/** Calls one route, to bring about what a test begins with. @throws Error with the code of a refusal */
export async function call<Route extends JsonRoute>(
  { address }: Pick<RunningServer, 'address'>,
  route: Route,
  { as, params, query, body, file }: Ask<Route> = {},
): Promise<ResultOf<Route>> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
  )
  const url = new URL(path, address)
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value))
  const form = new FormData()
  if (file && route.file) form.set(route.file.field, file.bytes, file.name)
  const reply = await fetch(url, {
    method: route.method,
    headers: {
      ...(as === undefined ? {} : { Authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: file ? form : body === undefined ? null : JSON.stringify(body),
  })
  const answer: unknown = await reply.json()
  if (!reply.ok) throw new Error(`${route.method} ${route.path}: ${JSON.stringify(answer)}`)
  return route.response.parse(answer) as ResultOf<Route>
}

/** The token of the link that an empty server prints. */
export function setUpToken(server: RunningServer): string {
  const token = /\/set-up#(\S+)/.exec(server.output())?.[1]
  if (token === undefined) throw new Error(`no set-up link was printed:\n${server.output()}`)
  return token
}

export const ADMIN = { fullName: 'Ada Rao', email: 'ada@lake.example' }
export const INSTITUTION = 'Lakeside College'

/** An institution with an admin who teaches. */
export async function arrangeInstitution(server: RunningServer): Promise<{ personId: string; as: string }> {
  const { accessToken, me } = await call(server, setUp, {
    body: {
      token: setUpToken(server),
      institutionName: INSTITUTION,
      timeZone: 'Asia/Kolkata',
      ...ADMIN,
      password: PASSWORD,
      alsoTeaches: true,
    },
  })
  return { personId: me.personId, as: accessToken }
}

type ArrangedClass = {
  as: string
  name: string
  students: readonly (readonly [rollNo: string, name: string])[]
  /** Left out: who makes it. */
  teacherIds?: string[]
}

/** A class, with students whose invites are not used yet. */
export async function arrangeClass(server: RunningServer, { as, name, students, teacherIds = [] }: ArrangedClass) {
  const made = await call(server, createClass, {
    as,
    body: { name, subjectCode: 'BIO1', subjectName: 'Biology', teacherIds },
  })
  const rows = students.map(([rollNo, fullName]) => `${rollNo},${fullName},,,2026,Science`)
  const sheet = ['roll_no,full_name,email,phone,batch,department', ...rows].join('\n')
  const draft = await call(server, startImport, {
    as,
    query: { classId: made.id },
    file: { name: 'students.csv', bytes: new Blob([sheet], { type: 'text/csv' }) },
  })
  const params = { importId: draft.id }
  await call(server, commitImport, { as, params })
  while ((await call(server, getImport, { as, params })).state === 'taking') await wait(200)
  const { links } = await call(server, inviteImported, { as, params })
  return { classId: made.id, importId: draft.id, links }
}

/** A teacher who has used their invite. */
export async function arrangeTeacher(
  server: RunningServer,
  { as, fullName, email }: { as: string; fullName: string; email: string },
): Promise<{ personId: string; as: string }> {
  const { personId, link } = await call(server, inviteTeacher, { as, body: { fullName, email, roles: ['teacher'] } })
  if (link === null) throw new Error('the invite went out by mail')
  return { personId, ...(await joinByInvite(server, link)) }
}

/** Uses an invite link; the person's password is `PASSWORD` then. */
export async function joinByInvite(server: RunningServer, link: string): Promise<{ as: string }> {
  const token = link.slice(link.indexOf('#') + 1)
  const { accessToken } = await call(server, acceptInvite, { body: { token, password: PASSWORD } })
  return { as: accessToken }
}

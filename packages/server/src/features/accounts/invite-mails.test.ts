import type { AddressInfo } from 'node:net'
import { acceptInvite, inviteTeacher, lookUpInvite } from '@app/contract'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMailer, type Mailer } from '../../platform/mail/mailer.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { anInstitution, aPerson, type TestInstitution, type TestPerson } from '../../testing/builders.ts'
import { prepareInvites, queueInviteMails, startInviteMails } from './index.ts'

let smtp: SMTPServer
let mailer: Mailer
let app: TestApp
let college: TestInstitution
let admin: TestPerson
let received: string[] = []
/** Addresses the mail server does not take just now. */
let refused = new Set<string>()

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(refused.has(address) ? new Error('mailbox busy') : null),
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        received.push(Buffer.concat(parts).toString('utf8'))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  mailer = createMailer({ url: `smtp://127.0.0.1:${port}`, from: 'Smart Attendance <no-reply@college.test>' })
  app = await createTestApp({ mailer })
  college = await anInstitution(app, { name: 'Hill College' })
  admin = await aPerson(app, college, { roles: ['admin'] })
  await startInviteMails(app.deps)
})
afterAll(async () => {
  await app?.close()
  mailer?.close()
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})
beforeEach(() => {
  received = []
  refused = new Set()
})

/** The text of a mail with the soft line ends of quoted-printable taken out. */
const textOf = (mail = '') => mail.replaceAll('=\r\n', '').replaceAll('=3D', '=')
const tokenIn = (mail = '') => /\/invite#([\w-]+[.][\w-]+)/.exec(textOf(mail))?.[1] ?? ''

test('mails an invited teacher a link that works, and shows it to nobody else', async () => {
  const reply = await app.call(inviteTeacher, {
    as: admin,
    body: { fullName: 'Ravi Menon', email: 'Ravi@college.test', roles: ['teacher'] },
  })
  expect(reply.body).toEqual({ personId: reply.body.personId, sentTo: 'ravi@college.test', link: null, code: null })
  expect(JSON.stringify(app.jobs.queued)).not.toMatch(/invite#|[\w-]{43}/)

  await app.jobs.runAll()
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('To: ravi@college.test')
  expect(textOf(received[0])).toContain('Hill College')
  const accepted = await app.call(acceptInvite, {
    body: { token: tokenIn(received[0]), password: 'a quiet green kettle' },
  })
  expect(accepted.body.me).toMatchObject({ fullName: 'Ravi Menon', roles: ['teacher'] })
})

test('leaves people without an address to be handed a link', async () => {
  const withMail = await aPerson(app, college, { roles: ['student'], status: 'invited' })
  const without = await aPerson(app, college, { roles: ['student'], status: 'invited', email: null })
  const active = await aPerson(app, college, { roles: ['student'] })
  const prepared = await app.db.inInstitution(college.id, (tx) =>
    prepareInvites(app.deps, tx, {
      institutionId: college.id,
      by: admin.id,
      personIds: [withMail.id, without.id, active.id],
      at: app.clock.now(),
    }),
  )
  expect(prepared.mailPersonIds).toEqual([withMail.id])
  expect(prepared.links.map(({ personId }) => personId)).toEqual([without.id])
})

test('tries a mail that failed again, without a second one to those who got theirs', async () => {
  const people = await Promise.all(
    Array.from({ length: 3 }, () => aPerson(app, college, { roles: ['student'], status: 'invited' })),
  )
  refused.add(people[1]?.email ?? '')
  await queueInviteMails(
    app.deps,
    college.id,
    people.map(({ id }) => id),
  )
  await app.jobs.runAll()
  expect(received).toHaveLength(2)
  await expect(app.jobs.runAll()).rejects.toThrow()
  refused.clear()
  await queueInviteMails(app.deps, college.id, [people[1]?.id ?? ''])
  await app.jobs.runAll()
  expect(received).toHaveLength(3)
  for (const mail of received)
    expect((await app.call(lookUpInvite, { body: { token: tokenIn(mail) } })).status).toBe(200)
})

test('sends nothing to somebody who got in meanwhile, and no line end of a name into the header', async () => {
  const active = await aPerson(app, college, { roles: ['student'] })
  await queueInviteMails(app.deps, college.id, [active.id])
  await app.jobs.runAll()
  expect(received).toEqual([])

  const sly = await anInstitution(app, { name: 'Sly\r\nBcc: all@college.test' })
  const person = await aPerson(app, sly, { roles: ['teacher'], status: 'invited' })
  await queueInviteMails(app.deps, sly.id, [person.id])
  await app.jobs.runAll()
  expect(received[0]).not.toMatch(/^Bcc:/m)
})

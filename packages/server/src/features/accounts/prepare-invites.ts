import { randomBytes, randomUUID } from 'node:crypto'
import { INVITE_CODE_BYTES, inviteCodeFrom } from '@app/domain'
import { appendAudit } from '../../platform/audit/append-audit.ts'
import { hashToken, makeLinkSecret } from '../../platform/crypto/keyring.ts'
import type { Tx } from '../../platform/db/open.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { insertInvites, listInvitedPeople, lockPeople, revokeInvites } from './invites.store.ts'

export const INVITE_DAYS = 7

export type InviteRequest = {
  institutionId: string
  by: string | null
  personIds: readonly string[]
  at: Date
}

/**
 * A link to hand out by hand. The token is in the fragment, which no server and no log ever sees. `code` says the same
 * to whoever has no camera.
 */
export type InviteLink = { personId: string; link: string; code: string; expiresAt: Date }

/**
 * Makes new invites for those of the people who have not used one, in the caller's transaction; their earlier links
 * stop working. People whom `by` may not invite are passed over. Where mail is sent, people with an address are left to `queueInviteMails`, called after the commit.
 */
export async function prepareInvites(
  { mailer, publicUrl }: { mailer: Mailer | null; publicUrl: string },
  tx: Tx,
  request: InviteRequest,
): Promise<{ links: InviteLink[]; mailPersonIds: string[] }> {
  await lockPeople(tx, request.personIds)
  const people = await listInvitedPeople(tx, request)
  const isMailed = (person: { email: string | null }) => mailer !== null && person.email !== null
  const mailPersonIds = people.filter(isMailed).map(({ id }) => id)
  await appendAudit(
    tx,
    people.map((person) => ({
      institutionId: request.institutionId,
      at: request.at,
      actorId: request.by,
      action: 'person-invited',
      subjectId: person.id,
      sessionId: null,
      oldValue: null,
      newValue: { by: isMailed(person) ? 'mail' : 'link' },
      reason: null,
    })),
  )
  await revokeInvites(tx, mailPersonIds, request.at)
  const links = await mintInvites(publicUrl, tx, {
    ...request,
    personIds: people.filter((person) => !isMailed(person)).map(({ id }) => id),
  })
  return { links, mailPersonIds }
}

/** What is handed on of an invite that was made alone; nothing where it went by mail. */
export const handedOver = ([made]: readonly InviteLink[]): { link: string | null; code: string | null } => ({
  link: made?.link ?? null,
  code: made?.code ?? null,
})

/** One new invite for each; those made earlier stop working. The only place a link is put together. */
export async function mintInvites(publicUrl: string, tx: Tx, { institutionId, by, personIds, at }: InviteRequest) {
  const expiresAt = new Date(at.getTime() + INVITE_DAYS * 86_400_000)
  const made = personIds.map((personId) => ({
    personId,
    ...makeLinkSecret(institutionId),
    code: inviteCodeFrom(randomBytes(INVITE_CODE_BYTES)),
  }))
  await revokeInvites(tx, personIds, at)
  await insertInvites(
    tx,
    made.map(({ personId, hash, code }) => ({
      institutionId,
      id: randomUUID(),
      personId,
      hash,
      codeHash: hashToken(code),
      by,
      at,
      expiresAt,
    })),
  )
  return made.map(
    ({ personId, token, code }): InviteLink => ({ personId, link: `${publicUrl}/invite#${token}`, code, expiresAt }),
  )
}

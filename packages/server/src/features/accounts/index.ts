export { queueInviteMails, startInviteMails } from './invite-mails.ts'
export { hashPassword } from './password.ts'
export { type InviteLink, prepareInvites } from './prepare-invites.ts'
export { createInstitutionWithAdmin, type NewInstitution } from './set-up.ts'

export { queueInviteMails, startInviteMails } from './invite-mails.ts'
export { hashPassword } from './password.ts'
export { prepareInvites } from './prepare-invites.ts'
export { createInstitutionWithAdmin } from './set-up.ts'

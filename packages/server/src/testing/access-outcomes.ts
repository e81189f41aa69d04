import type { ErrorCode } from '@app/contract'
import { type AccessWorld, type ActorName, anotherSession } from './access-world.ts'

export type Outcome = 'ok' | ErrorCode
export type AccessRow = {
  expected: Record<ActorName, Outcome>
  /** What is asked; made anew for each actor. */
  ask?: (world: AccessWorld, actor: ActorName) => Promise<Ask>
}
export type Ask = { params?: object; query?: object; body?: object; file?: { bytes: Buffer } }

export const everybody = (outcome: Outcome): AccessRow['expected'] => ({
  nobody: outcome,
  student: outcome,
  otherStudent: outcome,
  teacher: outcome,
  otherTeacher: outcome,
  admin: outcome,
  otherAdmin: outcome,
  stranger: outcome,
  guardian: outcome,
  owner: outcome,
})
export const signedIn = (outcome: Outcome) => ({ ...everybody(outcome), nobody: 'not-signed-in' as const })
/** Nobody but those named. */
export const only = (named: Partial<AccessRow['expected']>): AccessRow['expected'] => ({
  ...signedIn('not-allowed'),
  ...named,
})

/** A list of one's own institution: each admin gets their own. */
export const admins = (outcome: Outcome = 'ok') => only({ admin: outcome, otherAdmin: outcome, stranger: outcome })
export const staff = (outcome: Outcome = 'ok') =>
  only({ teacher: outcome, otherTeacher: outcome, admin: outcome, otherAdmin: outcome, stranger: outcome })
export const students = (outcome: Outcome = 'ok') =>
  only({ student: outcome, otherStudent: outcome, stranger: outcome })
/** Somebody or something of ours: its admins; to other institutions it does not exist. */
export const adminsHere = (outcome: Outcome = 'ok') =>
  only({ admin: outcome, otherAdmin: 'not-found', stranger: 'not-found' })
/** What the owner of the installation does. */
export const owners = (outcome: Outcome = 'ok') => only({ owner: outcome })
/** One class of ours: its teachers and the institution's admins; to other institutions it does not exist. */
export const managesClass = (outcome: Outcome = 'ok') =>
  only({ teacher: outcome, admin: outcome, otherAdmin: 'not-found', stranger: 'not-found' })
/** What only its own teachers do, not even an admin. */
export const teachesClass = (outcome: Outcome = 'ok') => only({ teacher: outcome, stranger: 'not-found' })
/** What its students do. */
export const inClass = (outcome: Outcome) =>
  only({ student: outcome, otherStudent: 'not-in-class', stranger: 'not-found' })
export const ownsChallenge = () =>
  only({ student: 'challenge-spent', otherStudent: 'challenge-unknown', stranger: 'challenge-unknown' })

export const ofClass = async (world: AccessWorld) => ({ params: { classId: world.class.id } })
export const ofNewSession = async (world: AccessWorld) => {
  const { sessionId } = await anotherSession(world)
  return { params: { sessionId } }
}
export const ofNewClass = async (world: AccessWorld) => {
  const { classId } = await anotherSession(world)
  return { params: { classId } }
}

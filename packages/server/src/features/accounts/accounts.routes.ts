import * as contract from '@app/contract'
import type { Keyring } from '../../platform/crypto/keyring.ts'
import type { Database } from '../../platform/db/open.ts'
import { clearHostCookie, type HostCookieName, setHostCookie } from '../../platform/http/host-cookie.ts'
import type { Call, Register } from '../../platform/http/register.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Mailer } from '../../platform/mail/mailer.ts'
import { acceptInvite, lookUpInvite } from './accept-invite.ts'
import { changePassword } from './change-password.ts'
import { getInstallation } from './installation.ts'
import { endLogin, listLogins, signOut } from './logins.ts'
import { getMe } from './me.ts'
import type { Entered, EnteredAnew } from './open-login.ts'
import { endsSignIn, refreshLogin } from './refresh.ts'
import { setUp } from './set-up.ts'
import { signIn } from './sign-in.ts'
import { inviteTeacher, listStaff, reinvitePerson } from './staff.ts'
import { decideTeacherAccount, requestTeacherAccount } from './teacher-sign-up.ts'

type Deps = {
  db: Database
  keyring: Keyring
  jobs: Jobs
  mailer: Mailer | null
  now: () => Date
  publicUrl: string
  setUpTokenHash: Buffer | null
}
type Reply = Call<contract.RouteSpec>['reply']

const REFRESH: HostCookieName = '__Host-refresh'
/** Marks a device that somebody signed in on before; see known-device.ts. */
const DEVICE: HostCookieName = '__Host-device'
const A_YEAR_SECONDS = 365 * 86_400
const DONE = { done: true } as const

export function installAccounts(register: Register, deps: Deps): void {
  installSignIn(register, deps)
  installOwnAccount(register, deps)
  installInvites(register, deps)
  installStaff(register, deps)
}

function installSignIn(register: Register, deps: Deps): void {
  register.json(contract.getInstallation, () => getInstallation(deps))

  register.json(contract.setUp, async ({ body, userAgent, reply }) =>
    enterAnew(deps, reply, await setUp(deps, { ...body, userAgent })),
  )

  register.json(contract.signIn, async ({ body, address, userAgent, cookies, reply }) => {
    const { identifier, password, institutionId } = body
    const deviceMark = cookies[DEVICE]
    const entered = await signIn(deps, { identifier, password, institutionId, address, userAgent, deviceMark })
    return enterAnew(deps, reply, entered)
  })

  register.json(contract.refresh, async ({ cookies, reply }) => {
    const entered = await refreshLogin(deps, cookies[REFRESH]).catch((error: unknown) => {
      // A second submit of the same cookie must not throw away the one the first submit has just brought.
      if (endsSignIn(error)) clearHostCookie(reply, REFRESH)
      throw error
    })
    return enter(deps, reply, entered)
  })

  register.json(contract.signOut, async ({ cookies, reply }) => {
    await signOut(deps, cookies[REFRESH])
    clearHostCookie(reply, REFRESH)
    return DONE
  })
}

function installOwnAccount(register: Register, deps: Deps): void {
  register.json(contract.getMe, ({ actor }) => getMe(deps, actor))

  register.json(contract.changePassword, async ({ actor, body }) => {
    await changePassword(deps, { actor, ...body })
    return DONE
  })

  register.json(contract.listLogins, async ({ actor }) => ({ logins: await listLogins(deps, actor) }))

  register.json(contract.endLogin, async ({ actor, params, reply }) => {
    await endLogin(deps, { actor, ...params })
    if (params.loginId === actor.loginId) clearHostCookie(reply, REFRESH)
    return DONE
  })
}

function installInvites(register: Register, deps: Deps): void {
  register.json(contract.lookUpInvite, ({ body, address }) => lookUpInvite(deps, { ...body, address }))

  register.json(contract.acceptInvite, async ({ body, address, userAgent, reply }) =>
    enterAnew(deps, reply, await acceptInvite(deps, { ...body, address, userAgent })),
  )

  register.json(contract.reinvitePerson, ({ actor, params }) => reinvitePerson(deps, { actor, ...params }))
}

function installStaff(register: Register, deps: Deps): void {
  register.json(contract.requestTeacherAccount, async ({ body, address }) => {
    await requestTeacherAccount(deps, { ...body, address })
    return DONE
  })

  register.json(contract.decideTeacherAccount, async ({ actor, params, body }) => {
    await decideTeacherAccount(deps, { actor, ...params, ...body })
    return DONE
  })

  register.json(contract.listStaff, async ({ actor }) => ({ staff: await listStaff(deps, actor) }))

  register.json(contract.inviteTeacher, ({ actor, body }) => inviteTeacher(deps, { actor, ...body }))
}

function enterAnew(deps: Deps, reply: Reply, entered: EnteredAnew) {
  setHostCookie(reply, DEVICE, { value: entered.deviceMark, maxAgeSeconds: A_YEAR_SECONDS })
  return enter(deps, reply, entered)
}

function enter({ now }: Deps, reply: Reply, { signedIn, refreshToken, refreshExpiresAt }: Entered) {
  const maxAgeSeconds = (refreshExpiresAt.getTime() - now().getTime()) / 1000
  setHostCookie(reply, REFRESH, { value: refreshToken, maxAgeSeconds })
  return signedIn
}

import {
  adjustFaceCheck as adjustFaceCheckRoute,
  allowNewEnrolment as allowNewEnrolmentRoute,
  decideEnrolmentHold as decideEnrolmentHoldRoute,
  getEnrolment as getEnrolmentRoute,
  getFlashSetting as getFlashSettingRoute,
  giveConsent as giveConsentRoute,
  listEnrolmentHolds as listEnrolmentHoldsRoute,
  setFlashSetting as setFlashSettingRoute,
  startEnrolment as startEnrolmentRoute,
  submitEnrolment as submitEnrolmentRoute,
  withdrawConsent as withdrawConsentRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { adjustFaceCheck } from './adjusting.ts'
import { type ConsentDeps, getEnrolment, giveConsent, withdrawConsent } from './consent.ts'
import { allowNewEnrolment, type DecidingDeps, decideEnrolmentHold, listEnrolmentHolds } from './deciding.ts'
import { type StartEnrolmentDeps, type SubmitEnrolmentDeps, startEnrolment, submitEnrolment } from './enrolment.ts'
import { getFlashSetting, setFlashSetting } from './flash-setting.ts'

type EnrolmentDeps = ConsentDeps & StartEnrolmentDeps & SubmitEnrolmentDeps & DecidingDeps

export function installEnrolment(register: Register, deps: EnrolmentDeps): void {
  register.json(getEnrolmentRoute, ({ actor }) => getEnrolment(deps, { actor }))
  register.json(giveConsentRoute, async ({ actor, body }) => giveConsent(deps, { actor, ...body }))
  register.json(withdrawConsentRoute, ({ actor }) => withdrawConsent(deps, { actor }))
  register.json(startEnrolmentRoute, ({ actor }) => startEnrolment(deps, { actor }))
  register.json(getFlashSettingRoute, async ({ actor }) => getFlashSetting(deps, { actor }))
  register.json(setFlashSettingRoute, async ({ actor, body }) => setFlashSetting(deps, { actor, ...body }))
  register.json(submitEnrolmentRoute, ({ actor, params, body, file, userAgent }) =>
    submitEnrolment(deps, { actor, ...params, ...body, file: file.bytes, userAgent }),
  )
  register.json(allowNewEnrolmentRoute, ({ actor, params }) => allowNewEnrolment(deps, { actor, ...params }))
  register.json(adjustFaceCheckRoute, ({ actor, params, body }) => adjustFaceCheck(deps, { actor, ...params, ...body }))
  register.json(listEnrolmentHoldsRoute, async ({ actor }) => ({ holds: await listEnrolmentHolds(deps, { actor }) }))
  register.json(decideEnrolmentHoldRoute, ({ actor, params, body }) =>
    decideEnrolmentHold(deps, { actor, ...params, ...body }),
  )
}

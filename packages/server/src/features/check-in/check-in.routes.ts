import {
  checkInByCode as checkInByCodeRoute,
  getStudentHistory as getStudentHistoryRoute,
  getStudentHome as getStudentHomeRoute,
  startCheckIn as startCheckInRoute,
  submitCheckIn as submitCheckInRoute,
} from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { type CodeCheckInDeps, checkInByCode } from './code-check-in.ts'
import { type StartCheckInDeps, type SubmitCheckInDeps, startCheckIn, submitCheckIn } from './face-check-in.ts'
import { getStudentHistory, getStudentHome, type StudentDeps } from './student-home.ts'

type CheckInDeps = StartCheckInDeps & SubmitCheckInDeps & CodeCheckInDeps & StudentDeps

export function installCheckIn(register: Register, deps: CheckInDeps): void {
  register.json(startCheckInRoute, ({ actor, params, address }) => startCheckIn(deps, { actor, ...params, address }))
  register.json(submitCheckInRoute, ({ actor, params, body, file, userAgent, address }) =>
    submitCheckIn(deps, { actor, ...params, ...body, file: file.bytes, userAgent, address }),
  )
  register.json(checkInByCodeRoute, ({ actor, params, body, address }) =>
    checkInByCode(deps, { actor, ...params, ...body, address }),
  )
  register.json(getStudentHomeRoute, ({ actor }) => getStudentHome(deps, { actor }))
  register.json(getStudentHistoryRoute, ({ actor, query }) =>
    getStudentHistory(deps, { actor, classId: query.classId ?? null }),
  )
}

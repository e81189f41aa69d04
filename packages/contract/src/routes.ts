import * as accounts from './accounts.ts'
import * as audit from './audit.ts'
import * as board from './board.ts'
import * as checkIn from './check-in.ts'
import * as classChanges from './class-changes.ts'
import * as colourFlash from './colour-flash.ts'
import type { RouteSpec } from './define-route.ts'
import * as guardians from './guardians.ts'
import * as imports from './imports.ts'
import * as installation from './installation.ts'
import * as institution from './institution.ts'
import * as marks from './marks.ts'
import * as merging from './merging.ts'
import * as overview from './overview.ts'
import * as people from './people.ts'
import * as person from './person.ts'
import * as photoEnrolment from './photo-enrolment.ts'
import * as planning from './planning.ts'
import * as policy from './policy.ts'
import * as presence from './presence.ts'
import * as reports from './reports.ts'
import * as requests from './requests.ts'
import * as roster from './roster.ts'
import * as sessionLife from './session-life.ts'
import * as sessions from './sessions.ts'
import * as statistics from './statistics.ts'
import * as structure from './structure.ts'
import * as timetable from './timetable.ts'

/** Every route there is, by name: the OpenAPI document and the access table are made from it. */
export const ROUTES: ReadonlyMap<string, RouteSpec> = new Map(
  [
    accounts,
    institution,
    structure,
    roster,
    imports,
    classChanges,
    timetable,
    sessions,
    sessionLife,
    planning,
    board,
    marks,
    requests,
    photoEnrolment,
    checkIn,
    colourFlash,
    reports,
    statistics,
    policy,
    presence,
    installation,
    audit,
    people,
    person,
    merging,
    guardians,
    overview,
  ].flatMap((feature) =>
    Object.entries(feature).flatMap(([name, value]) => (isRoute(value) ? [[name, value] as const] : [])),
  ),
)

function isRoute(value: unknown): value is RouteSpec {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
}

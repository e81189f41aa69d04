import { createRouter } from '@tanstack/react-router'
import { accountRoute, inviteRoute, setUpRoute, signInRoute, signUpRoute, startRoute } from './account-pages.tsx'
import { holdsRoute, policyRoute, staffRoute } from './administration-pages.tsx'
import { auditRoute, checkReceiptRoute } from './audit-page.tsx'
import type { RouterContext } from './guards.ts'
import { importRoute } from './import-page.tsx'
import { FailedPage, NotFoundPage, PendingPage } from './layouts.tsx'
import { ownStatusesRoute } from './own-statuses-page.tsx'
import { guardianHistoryRoute, guardianRoute, installationRoute } from './owning-pages.tsx'
import {
  lackingClassesRoute,
  lowAttendanceRoute,
  missedSessionsRoute,
  overviewRoute,
  peopleRoute,
  personRoute,
} from './people-pages.tsx'
import { photoEnrolmentRoute } from './photo-enrolment-page.tsx'
import { myRequestsRoute, requestsRoute } from './requests-pages.tsx'
import {
  institutionRoute,
  structureClassesRoute,
  structureRoute,
  subjectsRoute,
  termsRoute,
} from './structure-pages.tsx'
import {
  checkInRoute,
  codeEntryRoute,
  codeLinkRoute,
  consentRoute,
  enrolRoute,
  historyRoute,
  homeRoute,
} from './student-pages.tsx'
import { boardRoute, classesRoute, classRoute, projectorRoute, refusalsRoute, todayRoute } from './teaching-pages.tsx'
import { classTimetableRoute, weekRoute } from './timetable-pages.tsx'
import { administration, framed, guarding, owning, personal, root, studying, teaching } from './trunk.tsx'

const tree = root.addChildren([
  framed.addChildren([
    signInRoute,
    setUpRoute,
    inviteRoute,
    signUpRoute,
    checkReceiptRoute,
    personal.addChildren([
      startRoute,
      accountRoute,
      teaching.addChildren([
        todayRoute,
        classesRoute,
        classRoute,
        boardRoute,
        refusalsRoute,
        requestsRoute,
        importRoute,
        classTimetableRoute,
        weekRoute,
      ]),
      administration.addChildren([
        staffRoute,
        holdsRoute,
        policyRoute,
        auditRoute,
        ownStatusesRoute,
        photoEnrolmentRoute,
        overviewRoute,
        lackingClassesRoute,
        lowAttendanceRoute,
        missedSessionsRoute,
        peopleRoute,
        personRoute,
        structureRoute,
        termsRoute,
        subjectsRoute,
        structureClassesRoute,
        institutionRoute,
      ]),
      owning.addChildren([installationRoute]),
      guarding.addChildren([guardianRoute, guardianHistoryRoute]),
      studying.addChildren([
        homeRoute,
        historyRoute,
        myRequestsRoute,
        consentRoute,
        enrolRoute,
        checkInRoute,
        codeEntryRoute,
        codeLinkRoute,
      ]),
    ]),
  ]),
  projectorRoute,
])

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree: tree,
    context,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingMinMs: 300,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: FailedPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

import { expect, type Page } from '@playwright/test'
import { ADMIN } from './arrange.ts'
import type { Places } from './page-places.ts'

/** One page in one state. */
export type Visit = {
  name: string
  /** Who looks at it; nobody has to be signed in for `visitor`. */
  as: 'visitor' | 'teacher' | 'student' | 'guardian'
  path(places: Places): string
  heading: string | RegExp
  /** What the page is there for, by the name of its button or link; reached by the Tab key. */
  primary?: string | RegExp
  /** What the server would answer in a state that takes a camera, or lasts no moment; other stories go through those. */
  before?(page: Page): Promise<void>
  /** From the page to the state that is to be looked at. */
  open?(page: Page): Promise<void>
}

/** Made when it is asked for: the pages before it take longer than a challenge lasts. */
const makeChallenge = () => ({
  id: crypto.randomUUID(),
  actions: ['blink', 'turn-left'],
  colours: null,
  expiresAt: new Date(Date.now() + 180_000).toISOString(),
  presence: {
    proofs: ['room-code', 'network', 'geofence'],
    needs: 'all',
    isDemanded: true,
    isProven: false,
    proven: ['network'],
    missing: ['room-code', 'geofence'],
    place: 'inaccurate',
  },
})

/** Every page, in the states that look different: one table, longer than a file of code may be. */
export const VISITS: readonly Visit[] = [
  { name: 'sign-in', as: 'visitor', path: () => '/sign-in', heading: 'Sign in', primary: 'Sign in' },
  { name: 'invite', as: 'visitor', path: ({ unused }) => unused, heading: /^Welcome/, primary: /Set password/ },
  { name: 'invite-typed', as: 'visitor', path: () => '/invite', heading: 'Type your invite', primary: 'Go on' },
  { name: 'invite-spent', as: 'visitor', path: () => '/invite#not-an-invite-at-all', heading: /cannot be used/ },
  {
    name: 'set-up',
    as: 'visitor',
    path: ({ setUp }) => `/set-up#${setUp}`,
    heading: 'Set up your institution',
    primary: 'Create the institution',
  },
  {
    name: 'sign-up',
    as: 'visitor',
    path: () => '/sign-up',
    heading: 'Ask for a teacher’s account',
    primary: 'Go to sign-in',
  },
  { name: 'check-receipt', as: 'visitor', path: () => '/check-receipt', heading: 'Check a receipt', primary: 'Check' },
  { name: 'not-found', as: 'teacher', path: () => '/nowhere', heading: 'Page not found', primary: 'Go to the start' },
  { name: 'not-for-you', as: 'student', path: () => '/staff', heading: 'Not open to you', primary: 'Go to the start' },
  { name: 'account', as: 'teacher', path: () => '/account', heading: 'Account', primary: 'Change password' },
  { name: 'today', as: 'teacher', path: () => '/today', heading: 'Today', primary: 'Start session of Biology B' },
  { name: 'classes', as: 'teacher', path: () => '/classes', heading: 'Classes', primary: 'New class' },
  {
    name: 'class-create',
    as: 'teacher',
    path: () => '/classes',
    heading: 'Classes',
    primary: 'Create class',
    open: (page) => page.getByRole('button', { name: 'New class' }).click(),
  },
  {
    name: 'session-start',
    as: 'teacher',
    path: () => '/classes',
    heading: 'Classes',
    primary: 'Start now',
    open: (page) => page.getByRole('button', { name: 'Start session of Biology B' }).click(),
  },
  {
    name: 'import',
    as: 'teacher',
    path: ({ classId }) => `/import?classId=${classId}`,
    heading: 'Import',
    primary: 'Choose a file',
  },
  { name: 'import-anything', as: 'teacher', path: () => '/import', heading: 'Import', primary: 'Choose a file' },
  {
    name: 'import-columns',
    as: 'teacher',
    path: ({ unmappedId }) => `/import?importId=${unmappedId}`,
    heading: 'Import',
    primary: 'Back',
    open: (page) => expect(page.getByRole('heading', { name: 'What the columns mean' })).toBeVisible(),
  },
  {
    name: 'import-preview',
    as: 'teacher',
    path: ({ draftId }) => `/import?importId=${draftId}`,
    heading: 'Import',
    primary: 'Take 1 row',
    open: (page) => expect(page.getByRole('row').nth(1)).toBeVisible(),
  },
  {
    name: 'import-result',
    as: 'teacher',
    path: ({ importId }) => `/import?importId=${importId}`,
    heading: 'Import',
    primary: 'Undo this import',
    async open(page) {
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      await page.getByRole('button', { name: 'Undo this import' }).click()
      await expect(page.getByText(/^It cannot be undone/)).toBeVisible()
    },
  },
  {
    name: 'import-undoing',
    as: 'teacher',
    path: ({ importId }) => `/import?importId=${importId}`,
    heading: 'Import',
    primary: 'Stop undoing',
    // Of a list this short it lasts no moment: the real answer, held at its middle.
    async before(page) {
      await page.route('**/api/imports/*', async (route) => {
        const reply = await route.fetch()
        const progress = { done: 23_000, total: 100_000 }
        await route.fulfill({ response: reply, json: { ...(await reply.json()), state: 'undoing', progress } })
      })
    },
    open: (page) => expect(page.getByText('23 % done')).toBeVisible(),
  },
  {
    name: 'invite-links',
    as: 'teacher',
    path: ({ emptyClassId }) => `/classes/${emptyClassId}`,
    heading: 'Biology B',
    primary: 'Download as CSV',
    open: (page) => page.getByRole('button', { name: 'New invite links' }).click(),
  },
  {
    name: 'staff-invite',
    as: 'teacher',
    path: () => '/staff',
    heading: 'Staff',
    open: (page) => page.getByRole('button', { name: 'Invite someone' }).click(),
  },
  {
    name: 'staff-handed-over',
    as: 'teacher',
    path: () => '/staff',
    heading: 'Staff',
    primary: 'Copy the link',
    async open(page) {
      await page.getByRole('button', { name: 'Invite someone' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Noor Visser-Longfamilyname')
      await dialog.getByLabel('E-mail').fill('noor.visser@lake.example')
      await dialog.getByRole('button', { name: 'Make the invite' }).click()
      await expect(dialog.getByText(/^To be typed instead/)).toBeVisible()
    },
  },
  { name: 'refusals', as: 'teacher', path: () => '/refusals', heading: /./ },
  { name: 'class-students', as: 'teacher', path: ({ classId }) => `/classes/${classId}`, heading: 'Biology A' },
  {
    name: 'class-sessions',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}?tab=sessions`,
    heading: 'Biology A',
  },
  {
    name: 'session-plan',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}?tab=sessions`,
    heading: 'Biology A',
    primary: 'Plan session',
    open: (page) => page.getByRole('button', { name: 'Plan a session' }).click(),
  },
  {
    name: 'sessions-from-timetable',
    as: 'teacher',
    path: ({ emptyClassId }) => `/classes/${emptyClassId}?tab=sessions`,
    heading: 'Biology B',
    primary: 'Plan these sessions',
    open: async (page) => {
      await page.getByRole('button', { name: 'From the timetable' }).click()
      await page.getByRole('button', { name: 'See what it does' }).click()
    },
  },
  {
    name: 'session-change',
    as: 'teacher',
    path: ({ emptyClassId }) => `/classes/${emptyClassId}?tab=sessions`,
    heading: 'Biology B',
    primary: 'Save changes',
    open: async (page) => {
      await page.getByRole('button', { name: 'Later week' }).click()
      await page
        .getByRole('button', { name: /^More for Biology B/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Change time or room' }).click()
      await page.getByLabel('Room').fill('Hall 2')
      await page.getByRole('button', { name: 'See what changes' }).click()
    },
  },
  {
    name: 'class-report',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}?tab=report`,
    heading: 'Biology A',
  },
  {
    name: 'class-new',
    as: 'teacher',
    path: ({ emptyClassId }) => `/classes/${emptyClassId}?tab=report`,
    heading: 'Biology B',
  },
  { name: 'board', as: 'teacher', path: ({ open }) => `/sessions/${open}`, heading: /Biology A/, primary: /End/ },
  { name: 'board-ended', as: 'teacher', path: ({ ended }) => `/sessions/${ended}`, heading: /Biology A/ },
  {
    name: 'mark-dialog',
    as: 'teacher',
    path: ({ open }) => `/sessions/${open}`,
    heading: /Biology A/,
    primary: 'Save',
    open: (page) => page.getByRole('button', { name: /, B2, Missing$/ }).click(),
  },
  {
    name: 'session-menu',
    as: 'teacher',
    path: ({ open }) => `/sessions/${open}`,
    heading: /Biology A/,
    open: (page) => page.getByRole('button', { name: 'More for this session' }).click(),
  },
  {
    name: 'session-cancel',
    as: 'teacher',
    path: ({ planned }) => `/sessions/${planned}`,
    heading: /Biology B/,
    primary: 'Cancel session',
    open: async (page) => {
      await page.getByRole('button', { name: 'More for this session' }).click()
      await page.getByRole('menuitem', { name: 'Cancel session' }).click()
    },
  },
  { name: 'board-planned', as: 'teacher', path: ({ planned }) => `/sessions/${planned}`, heading: /Biology B/ },
  {
    name: 'board-planned-change',
    as: 'teacher',
    path: ({ planned }) => `/sessions/${planned}`,
    heading: /Biology B/,
    primary: 'See what changes',
    open: async (page) => {
      await page.getByRole('button', { name: 'More for this session' }).click()
      await page.getByRole('menuitem', { name: 'Change time or room' }).click()
    },
  },
  {
    name: 'board-cancelled',
    as: 'teacher',
    path: ({ cancelled }) => `/sessions/${cancelled}`,
    heading: /Biology B/,
    primary: 'Take the cancellation back',
  },
  {
    name: 'projector',
    as: 'teacher',
    path: ({ open }) => `/sessions/${open}/projector`,
    heading: 'Check in',
    open: (page) => expect(page.getByRole('img')).toBeVisible(),
  },
  { name: 'staff', as: 'teacher', path: () => '/staff', heading: 'Staff', primary: /Invite/ },
  { name: 'enrolment-holds', as: 'teacher', path: () => '/enrolment-holds', heading: /./ },
  { name: 'audit', as: 'teacher', path: () => '/audit', heading: 'Audit log', primary: 'Show' },
  {
    name: 'audit-empty',
    as: 'teacher',
    path: () => '/audit?actor=nobody',
    heading: 'Audit log',
    primary: 'Show everything',
  },
  { name: 'policy', as: 'teacher', path: () => '/policy', heading: 'Policy', primary: 'Save' },
  {
    name: 'class-policy',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}?tab=policy`,
    heading: 'Biology A',
    primary: 'Save',
    open: async (page) => {
      await page.context().grantPermissions(['geolocation'])
      await page.context().setGeolocation({ latitude: 12.9716, longitude: 77.5946 })
      await page.getByRole('button', { name: 'Use where I am now' }).click()
      await expect(page.getByLabel('Latitude')).toHaveValue('12.9716°')
    },
  },
  { name: 'own statuses', as: 'teacher', path: () => '/statuses', heading: 'Statuses', primary: 'Add a status' },
  { name: 'requests', as: 'teacher', path: () => '/requests', heading: 'Requests' },
  { name: 'photo enrolment', as: 'teacher', path: () => '/photo-enrolment', heading: 'Faces from photos' },
  {
    name: 'my requests',
    as: 'student',
    path: () => '/my-requests',
    heading: 'Your requests',
    primary: 'Ask for leave',
  },
  {
    name: 'face-check-adjust',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}`,
    heading: 'Biology A',
    open: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Adjust face check' }).click()
      await page.getByLabel('Look up').check()
    },
  },
  { name: 'terms', as: 'teacher', path: () => '/structure/terms', heading: 'Terms and holidays', primary: 'New term' },
  {
    name: 'term-new',
    as: 'teacher',
    path: () => '/structure/terms',
    heading: 'Terms and holidays',
    primary: 'Save',
    open: (page) => page.getByRole('button', { name: 'New term' }).click(),
  },
  {
    name: 'subjects',
    as: 'teacher',
    path: () => '/structure/subjects?archived=shown',
    heading: 'Departments and subjects',
    primary: 'New subject',
  },
  {
    name: 'subject-new',
    as: 'teacher',
    path: () => '/structure/subjects',
    heading: 'Departments and subjects',
    primary: 'Save',
    open: (page) => page.getByRole('button', { name: 'New subject' }).click(),
  },
  {
    name: 'structure-classes',
    as: 'teacher',
    path: () => '/structure/classes',
    heading: 'Classes',
    primary: 'New class',
    open: (page) => expect(page.getByRole('link', { name: 'Biology A' })).toBeVisible(),
  },
  {
    name: 'structure-class-edit',
    as: 'teacher',
    path: () => '/structure/classes',
    heading: 'Classes',
    primary: 'Save',
    open: async (page) => {
      await page.getByRole('button', { name: 'Actions for Biology A' }).click()
      await page.getByRole('menuitem', { name: 'Change' }).click()
    },
  },
  {
    name: 'institution',
    as: 'teacher',
    path: () => '/structure/institution',
    heading: 'Institution',
    primary: 'Save',
  },
  {
    name: 'timetable',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}/timetable?week=2026-11-25`,
    heading: 'Timetable of Biology A',
    primary: 'Add a weekly time',
    open: (page) => expect(page.getByText('Moved here')).toBeVisible(),
  },
  {
    name: 'timetable-none',
    as: 'teacher',
    path: ({ bareClassId }) => `/classes/${bareClassId}/timetable`,
    heading: 'Timetable of Biology C',
    primary: 'Add a weekly time',
  },
  {
    name: 'slot-new',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}/timetable`,
    heading: 'Timetable of Biology A',
    primary: 'Save',
    open: (page) => page.getByRole('button', { name: 'Add a weekly time' }).click(),
  },
  {
    name: 'meeting',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}/timetable?week=2026-11-25`,
    heading: 'Timetable of Biology A',
    primary: 'Move the meeting',
    open: async (page) => {
      await page.getByRole('button', { name: /Lab 2/ }).click()
      await page.getByText('Move it').click()
    },
  },
  { name: 'week', as: 'teacher', path: () => '/week?week=2026-11-25', heading: 'My week', primary: 'Week after' },
  {
    name: 'student-move',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}`,
    heading: 'Biology A',
    primary: 'Move',
    open: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Move to another class' }).click()
    },
  },
  {
    name: 'students-merge',
    as: 'teacher',
    path: ({ classId }) => `/classes/${classId}`,
    heading: 'Biology A',
    primary: 'The other way round',
    open: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Merge with another account' }).click()
      await page.getByLabel('Name, roll number or e-mail').fill('B2')
      await page.getByRole('button', { name: /^Choose Student Number2/ }).click()
    },
  },
  { name: 'home', as: 'student', path: () => '/home', heading: /./, primary: /code/i },
  { name: 'history', as: 'student', path: () => '/history', heading: /./ },
  { name: 'consent', as: 'student', path: () => '/consent', heading: /./ },
  { name: 'enrol', as: 'student', path: () => '/enrol', heading: 'Set up your face', primary: 'Open the camera' },
  {
    name: 'camera',
    as: 'student',
    path: () => '/enrol',
    heading: 'Set up your face',
    primary: 'Not now',
    open: async (page) => {
      await page.getByRole('button', { name: 'Open the camera' }).click()
      await expect(page.getByText(/Put your face in the oval|We cannot see your face/).first()).toBeVisible()
    },
  },
  { name: 'check-in', as: 'student', path: ({ open }) => `/check-in/${open}`, heading: /./ },
  {
    name: 'presence',
    as: 'student',
    path: ({ demanding }) => `/check-in/${demanding}`,
    heading: 'Show that you are in the room',
    primary: 'Use my location',
    before: async (page) => {
      await page.route('**/api/sessions/*/challenge', (route) => route.fulfill({ json: makeChallenge() }))
    },
  },
  { name: 'code', as: 'student', path: ({ open }) => `/code/${open}`, heading: 'Use the code', primary: 'Check in' },
  {
    name: 'scanner',
    as: 'student',
    path: ({ open }) => `/code/${open}`,
    heading: 'Use the code',
    primary: 'Type the code instead',
    open: async (page) => {
      await page.getByRole('button', { name: 'Scan the square code' }).click()
      await expect(page.getByText('Point at the square code').first()).toBeVisible()
    },
  },
  { name: 'code-link', as: 'student', path: ({ open }) => `/c/${open}/AAAAAA`, heading: /./ },
  { name: 'overview', as: 'teacher', path: () => '/overview', heading: 'Overview', primary: /Have not set up/ },
  {
    name: 'overview-classes',
    as: 'teacher',
    path: () => '/overview/classes?lacks=teacher',
    heading: 'Classes without a teacher',
    primary: 'Back to the overview',
  },
  {
    name: 'overview-low-attendance',
    as: 'teacher',
    path: () => '/overview/low-attendance',
    heading: 'Students who come too seldom',
    primary: 'Back to the overview',
  },
  {
    name: 'overview-missed',
    as: 'teacher',
    path: () => '/overview/missed-sessions',
    heading: 'Sessions that were not held',
    primary: 'Back to the overview',
  },
  { name: 'people', as: 'teacher', path: () => '/people', heading: 'People', primary: 'Download as CSV' },
  {
    name: 'people-selected',
    as: 'teacher',
    path: () => '/people?role=student',
    heading: 'People',
    open: async (page) => {
      await page.getByLabel('Select those shown').check()
      await expect(page.getByRole('button', { name: 'Print invites' })).toBeVisible()
    },
  },
  { name: 'people-nobody', as: 'teacher', path: () => '/people?search=nobody+at+all', heading: 'People' },
  {
    name: 'invite-sheet',
    as: 'teacher',
    path: ({ emptyClassId }) => `/people?classId=${emptyClassId}&role=student`,
    heading: 'People',
    primary: 'Print',
    open: async (page) => {
      await page.getByLabel('Select those shown').check()
      await page.getByRole('button', { name: 'Print invites' }).click()
      await expect(page.getByRole('img', { name: /^Invite of/ }).first()).toBeVisible()
    },
  },
  {
    name: 'person',
    as: 'teacher',
    path: ({ studentId }) => `/people/${studentId}`,
    heading: /^Student Number1 /,
    primary: 'Save',
  },
  {
    name: 'person-guardian',
    as: 'teacher',
    path: ({ studentId }) => `/people/${studentId}`,
    heading: /^Student Number1 /,
    primary: 'Link and invite',
    open: (page) => page.getByRole('button', { name: 'Add a guardian' }).click(),
  },
  {
    name: 'hand-over',
    as: 'teacher',
    path: ({ teacherId }) => `/people/${teacherId}`,
    heading: ADMIN.fullName,
    primary: 'Hand over',
    open: (page) => page.getByRole('button', { name: 'Hand the classes over' }).click(),
  },
  {
    name: 'installation',
    as: 'teacher',
    path: () => '/installation',
    heading: 'Installation',
    primary: 'New institution',
  },
  {
    name: 'institution-new',
    as: 'teacher',
    path: () => '/installation',
    heading: 'Installation',
    primary: 'Create and invite',
    open: (page) => page.getByRole('button', { name: 'New institution' }).click(),
  },
  { name: 'guardian', as: 'guardian', path: () => '/guardian', heading: 'My students', primary: /All sessions/ },
  {
    name: 'guardian-history',
    as: 'guardian',
    path: ({ studentId }) => `/guardian/${studentId}`,
    heading: /^Sessions of Student Number1 /,
    primary: 'Back to my students',
  },
]

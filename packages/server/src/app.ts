import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { installAccounts } from './features/accounts/accounts.routes.ts'
import { authenticateWith } from './features/accounts/authenticate.ts'
import { installAudit } from './features/audit/audit.routes.ts'
import { installCheckIn } from './features/check-in/check-in.routes.ts'
import { installEnrolment } from './features/enrolment/enrolment.routes.ts'
import { installGuardians } from './features/guardians/guardians.routes.ts'
import { installImports } from './features/imports/imports.routes.ts'
import { installInstallation } from './features/installation/installation.routes.ts'
import { installInstitutions } from './features/institutions/institutions.routes.ts'
import { installLiveBoard } from './features/live-board/live-board.routes.ts'
import { installMarks } from './features/marks/marks.routes.ts'
import { installMerging } from './features/merging/merging.routes.ts'
import { installOverview } from './features/overview/overview.routes.ts'
import { installPeople } from './features/people/people.routes.ts'
import { installPhotoEnrolment } from './features/photo-enrolment/photo-enrolment.routes.ts'
import { installPolicy } from './features/policy/policy.routes.ts'
import { installPresence } from './features/presence/presence.routes.ts'
import { installReports } from './features/reports/reports.routes.ts'
import { installRequests } from './features/requests/requests.routes.ts'
import { installRoster } from './features/roster/roster.routes.ts'
import { installSessions } from './features/sessions/sessions.routes.ts'
import { installStatistics } from './features/statistics/statistics.routes.ts'
import { installStructure } from './features/structure/structure.routes.ts'
import { installTimetable } from './features/timetable/timetable.routes.ts'
import { installOpenApiDocument } from './openapi-document.ts'
import type { Background } from './platform/background.ts'
import type { Keyring } from './platform/crypto/keyring.ts'
import type { Database } from './platform/db/open.ts'
import type { FileStore } from './platform/files/file-store.ts'
import { answerError, installErrors } from './platform/http/errors.ts'
import { installHardening } from './platform/http/hardening.ts'
import { createRegister } from './platform/http/register.ts'
import { installWebApp } from './platform/http/web-app.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import type { LiveHub } from './platform/live/live-hub.ts'
import type { Mailer } from './platform/mail/mailer.ts'
import type { Probes } from './platform/probes.ts'
import type { FaceModel, ReadFrames, ReadPhoto } from './platform/vision.ts'

/** Everything the features need from outside; `main.ts` makes the real ones, a test passes its own clock and database. */
export type AppDeps = {
  db: Database
  keyring: Keyring
  live: LiveHub
  jobs: Jobs
  /** What people sent along with a request. */
  files: FileStore
  /** Null when no SMTP server is set: invite links are shown to copy instead. */
  mailer: Mailer | null
  readFrames: ReadFrames
  readPhoto: ReadPhoto
  background: Background
  faceModel: FaceModel
  probes: Probes
  now: () => Date
  /** A whole number in [0, bound) from the system's random source. */
  drawNumber: (bound: number) => number
  /** Where links in mails and QR codes lead, without a slash at the end. */
  publicUrl: string
  /** Hash of the one set-up link that was printed at start; null when an institution exists already. */
  setUpTokenHash: Buffer | null
  /** Folder of the built web app; null serves the API alone. */
  webDist: string | null
  /** How many proxies in front are trusted to tell the caller's address. */
  trustedProxies: number
  /** Null serves plain http: behind a proxy, or on this computer alone. */
  https: { key: string; cert: string } | null
  log: FastifyBaseLogger
}

/** The whole application as a function of what it needs. Nothing listens yet. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const options = {
    loggerInstance: deps.log,
    trustProxy: (_address: string, hop: number) => hop < deps.trustedProxies,
    requestTimeout: 60_000,
    frameworkErrors: answerError,
    logController: new LogController({ disableRequestLogging: true }),
  }
  // Fastify types the two servers apart; nothing below looks at the difference.
  const app = deps.https ? (fastify({ ...options, https: deps.https }) as unknown as FastifyInstance) : fastify(options)
  await app.register(cookie)
  await app.register(multipart)
  installErrors(app)
  installHardening(app)

  const register = createRegister(app, authenticateWith(deps))
  installAccounts(register, deps)
  installInstitutions(register, deps)
  installInstallation(register, deps)
  installStructure(register, deps)
  installRoster(register, deps)
  installImports(register, deps)
  installTimetable(register, deps)
  installAudit(register, deps)
  installEnrolment(register, deps)
  installPeople(register, deps)
  installPhotoEnrolment(register, deps)
  installSessions(register, deps)
  installMarks(register, deps)
  installPolicy(register, deps)
  installPresence(register, deps)
  installCheckIn(register, deps)
  installGuardians(register, deps)
  installOverview(register, deps)
  installLiveBoard(register, deps)
  installRequests(register, deps)
  installReports(register, deps)
  installStatistics(register, deps)
  installMerging(register, deps)
  installOpenApiDocument(app)
  if (deps.webDist !== null) await installWebApp(app, deps.webDist)
  return app
}

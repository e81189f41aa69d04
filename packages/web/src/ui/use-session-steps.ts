import {
  cancelSession,
  endSession,
  extendSession,
  getBoard,
  getClass,
  getSession,
  getTeachersToday,
  listClasses,
  listClassSessions,
  pauseSession,
  reopenSession,
  restoreSession,
  resumeSession,
  type SessionView,
  startPlannedSession,
} from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useSend } from '../api/use-api.tsx'
import { useNotify } from './messages.tsx'
import { useTimeFormat } from './time.tsx'

/** The answers that show a session. */
export const SHOW_SESSIONS = [getBoard, getSession, getClass, listClasses, listClassSessions, getTeachersToday] as const

const MINUTE_MS = 60_000
const CHANGES = { changes: SHOW_SESSIONS }

/** The steps of a session's life as buttons take them: done at once, told in a message, taken back from there. */
export function useSessionSteps(session: Pick<SessionView, 'id' | 'closesAt' | 'className'>) {
  const { t } = useTranslation('sessions')
  const { time } = useTimeFormat()
  const notify = useNotify()
  const start = useSend(startPlannedSession, CHANGES)
  const extend = useSend(extendSession, CHANGES)
  const pause = useSend(pauseSession, CHANGES)
  const resume = useSend(resumeSession, CHANGES)
  const end = useSend(endSession, CHANGES)
  const cancel = useSend(cancelSession, CHANGES)
  const restore = useSend(restoreSession, CHANGES)
  const reopen = useSend(reopenSession, CHANGES)
  const params = { sessionId: session.id }

  /** What follows must not hang on the button, which the answer may take away. */
  function tell(answer: Promise<SessionView>, say: (after: SessionView) => string, undo?: () => void) {
    return answer.then(
      (after) => {
        notify.done(say(after), undo)
        return after
      },
      (failure) => {
        notify.failed(failure)
        return null
      },
    )
  }

  const steps = {
    start: () =>
      tell(start.mutateAsync({ params }), ({ className, closesAt }) =>
        t('steps.started', { class: className, time: time(closesAt) }),
      ),
    extend: (minutes: number) => {
      const closesAt = new Date(Date.parse(session.closesAt) + minutes * MINUTE_MS).toISOString()
      return tell(extend.mutateAsync({ params, body: { closesAt } }), (after) =>
        t('steps.extended', { time: time(after.closesAt) }),
      )
    },
    pause: () =>
      tell(
        pause.mutateAsync({ params }),
        () => t('steps.paused'),
        () => void steps.resume(),
      ),
    resume: () => tell(resume.mutateAsync({ params }), ({ closesAt }) => t('steps.resumed', { time: time(closesAt) })),
    end: (becameAbsent: number) =>
      tell(
        end.mutateAsync({ params }),
        () => (becameAbsent === 0 ? t('steps.ended') : t('steps.endedAbsent', { count: becameAbsent })),
        () => void steps.reopen(minutesUntil(session.closesAt)),
      ),
    /** @throws the failure: it is shown where the reason was typed */
    cancel: async (reason: string) => {
      await cancel.mutateAsync({ params, body: { reason } })
      notify.done(t('steps.cancelled'), () => void steps.restore())
    },
    restore: () => tell(restore.mutateAsync({ params }), () => t('steps.restored')),
    reopen: (minutes: number) =>
      tell(reopen.mutateAsync({ params, body: { minutes } }), ({ closesAt }) =>
        t('steps.reopened', { time: time(closesAt) }),
      ),
  }
  return { ...steps, isStarting: start.isPending, isEnding: end.isPending, isResuming: resume.isPending }
}

const LEAST_MINUTES = 1
const MOST_MINUTES = 480

/** What was left of it, as whole minutes. */
function minutesUntil(closesAt: string): number {
  const left = Math.ceil((Date.parse(closesAt) - Date.now()) / MINUTE_MS)
  return Math.min(MOST_MINUTES, Math.max(LEAST_MINUTES, left))
}

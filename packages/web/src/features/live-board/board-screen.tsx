import type { SessionView, Tile } from '@app/contract'
import { Button } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/use-api.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import { BoardActions } from './board-actions.tsx'
import classes from './board-screen.module.css'
import { type Board, countTiles, isRunning, takesMarks } from './board-state.ts'
import { BoardStudents } from './board-students.tsx'
import { CodePanel } from './code-panel.tsx'
import { Decisions } from './decisions.tsx'
import { Guests } from './guests.tsx'
import { MarkDialog } from './mark-dialog.tsx'
import { MarksFile } from './marks-file.tsx'
import { MarksLock } from './marks-lock.tsx'
import { Numerals } from './numerals.tsx'
import { SessionActions } from './session-actions.tsx'
import { SessionNotice } from './session-notice.tsx'
import { SessionRoots } from './session-roots.tsx'
import { StreamNotice } from './stream-notice.tsx'
import { useBoard } from './use-board.ts'

export function BoardScreen({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation(['live-board', 'shell'])
  const { board, stream, fresh } = useBoard(sessionId)
  if (board.isPending) {
    return (
      <Page title={t('shell:loading')}>
        <Skeletons rows={6} height={88} />
      </Page>
    )
  }
  if (board.isError) {
    return (
      <Page title={t('shell:failed')}>
        <ErrorState error={board.error} onRetry={() => void board.refetch()} />
      </Page>
    )
  }
  return (
    <LoadedBoard board={board.data} fresh={fresh}>
      {takesMarks(board.data.session) && <StreamNotice state={stream} isOpen={isRunning(board.data.session)} />}
    </LoadedBoard>
  )
}

type LoadedBoardProps = { board: Board; fresh: ReadonlySet<string>; children: ReactNode }

function LoadedBoard({ board, fresh, children }: LoadedBoardProps) {
  const { t } = useTranslation('live-board')
  const { day } = useTimeFormat()
  const lead = useLead(board)
  const { roles } = useMe()
  const canTeach = roles.includes('teacher')
  const canChange = canTeach && !board.marksLocked && takesMarks(board.session)
  const [openId, setOpenId] = useState<string | null>(null)
  const { session, tiles } = board
  const counts = countTiles(tiles)
  useAnnouncedCount(counts.total - counts.missing - counts.absent, counts.total)

  const onOpen = useCallback(({ studentId }: Tile) => setOpenId(studentId), [])
  const opened = tiles.find(({ studentId }) => studentId === openId)
  const hasCode = session.isOpen && showsCode(session) && canTeach
  return (
    <Page
      title={t('title', { class: session.className, day: day(session.opensAt) })}
      lead={lead}
      actions={<SessionActions session={session} missing={counts.missing} canStart={canTeach} />}
    >
      {children}
      <div className={classes.board} data-code={hasCode}>
        <div className={classes.marks}>
          <SessionNotice session={session} />
          <MarksLock board={board} />
          <Numerals counts={counts} isOpen={isRunning(session) || !takesMarks(session)} />
          <Decisions board={board} canChange={canChange} onMark={onOpen} />
          <BoardActions board={board} canChange={canChange} />
          {tiles.length === 0 ? (
            <EmptyState
              title={t('empty.title')}
              text={t('empty.text')}
              action={
                <ButtonLink to="/classes/$classId" params={{ classId: session.classId }}>
                  {t('empty.action')}
                </ButtonLink>
              }
            />
          ) : (
            <BoardStudents board={board} fresh={fresh} canChange={canChange} onOpen={onOpen} />
          )}
          <Guests sessionId={session.id} guests={board.guests} canChange={canChange} />
          {takesMarks(session) && <MarksFile sessionId={session.id} />}
          {session.endedAt !== null && <SessionRoots key={board.seq} sessionId={session.id} />}
        </div>
        {hasCode && <CodeAside session={session} />}
      </div>
      {opened !== undefined && (
        <MarkDialog sessionId={session.id} tile={opened} canChange={canChange} onClose={() => setOpenId(null)} />
      )}
    </Page>
  )
}

/** Beside the board where there is room; on a phone it is there when asked for. */
function CodeAside({ session }: { session: SessionView }) {
  const { t } = useTranslation('live-board')
  const [isShown, setIsShown] = useState(() => window.matchMedia('(min-width: 1024px)').matches)
  return (
    <aside className={classes.side}>
      <Button
        className={classes.toggle}
        variant="default"
        fullWidth
        aria-expanded={isShown}
        leftSection={<IconQrcode aria-hidden size={20} />}
        onClick={() => setIsShown(!isShown)}
      >
        {t(isShown ? 'code.hide' : 'code.show')}
      </Button>
      {isShown && <CodePanel session={session} />}
    </aside>
  )
}

function useLead({ session }: Board): string {
  const { t } = useTranslation('live-board')
  const { time } = useTimeFormat()
  const { subjectName: subject, opensAt, lateAfter, closesAt, endedAt } = session
  if (!isRunning(session)) return t('lead.ended', { subject, start: time(opensAt), end: time(endedAt ?? closesAt) })
  if (Date.parse(lateAfter) >= Date.parse(closesAt)) return t('lead.openNeverLate', { subject, end: time(closesAt) })
  return t('lead.open', { subject, end: time(closesAt), late: time(lateAfter) })
}

/** The code marks, or shows who is in the room. */
const showsCode = ({ methods, presence }: SessionView) =>
  methods.includes('code') || presence.proofs.includes('room-code')

const QUIET_MS = 3000

/** Says the count once marks have stopped coming for a moment, so that a full class is not read out one by one. */
function useAnnouncedCount(marked: number, total: number) {
  const { t } = useTranslation('live-board')
  const announce = useAnnounce()
  const [said, setSaid] = useState(marked)
  useEffect(() => {
    if (marked === said) return
    const timer = setTimeout(() => {
      setSaid(marked)
      announce(t('counts.announce', { marked, total }))
    }, QUIET_MS)
    return () => clearTimeout(timer)
  }, [marked, said, total, announce, t])
}

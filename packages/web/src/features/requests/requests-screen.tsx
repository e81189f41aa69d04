import { type CorrectionView, type LeaveView, listRequests } from '@app/contract'
import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/FloatingIndicator.css'
import '@mantine/core/styles/SegmentedControl.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readKey, useApi } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { RequestCard, RequestCards } from '../../ui/request-card.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat, When } from '../../ui/time.tsx'
import { useDayFormat } from '../../ui/use-day-format.ts'
import { AnswerCorrection } from './answer-correction.tsx'
import { AnswerLeave } from './answer-leave.tsx'

export type RequestsState = 'open' | 'answered'
type RequestsScreenProps = { state: RequestsState; onState: (state: RequestsState) => void }

/** What students ask for, the newest first; what is open waits for an answer. */
export function RequestsScreen({ state, onState }: RequestsScreenProps) {
  const { t } = useTranslation('requests')
  const requests = useRequests(state)
  const pages = requests.data?.pages ?? []
  const corrections = pages.flatMap((page) => page.corrections)
  const leaves = pages.flatMap((page) => page.leaves)
  const isEmpty = requests.isSuccess && corrections.length + leaves.length === 0
  const newestFirst = [...corrections, ...leaves].sort((a, b) => b.askedAt.localeCompare(a.askedAt))
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('show')}
          value={state}
          onChange={(next) => onState(next as RequestsState)}
          data={(['open', 'answered'] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        {requests.isPending && <Skeletons rows={3} height={140} />}
        {requests.isError && <ErrorState error={requests.error} onRetry={() => void requests.refetch()} />}
        {isEmpty && <EmptyState title={t(`none.${state}`)} text={t('none.text')} />}
        <RequestCards label={t('title')}>
          {newestFirst.map((request) =>
            'session' in request ? (
              <Correction key={request.id} correction={request} />
            ) : (
              <Leave key={request.id} leave={request} />
            ),
          )}
        </RequestCards>
        {requests.hasNextPage && (
          <Button variant="default" loading={requests.isFetchingNextPage} onClick={() => void requests.fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </Stack>
    </Page>
  )
}

function useRequests(state: RequestsState) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...readKey(listRequests), { state }],
    queryFn: ({ pageParam, signal }) =>
      api.call(listRequests, { query: { state, ...(pageParam === null ? {} : { before: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
  })
}

const nameOf = ({ fullName, rollNo }: CorrectionView['student']) =>
  rollNo === null ? fullName : `${fullName} · ${rollNo}`

function Correction({ correction }: { correction: CorrectionView }) {
  const { t } = useTranslation(['requests', 'shell'])
  const { dayAndTime } = useTimeFormat()
  const { id, student, session, status, wanted, reason, files, askedAt, answer, answeredBy, note } = correction
  return (
    <RequestCard
      requestId={id}
      title={nameOf(student)}
      aside={
        <>
          {session.subjectName}, {session.className}, {dayAndTime(session.opensAt)} · <When at={askedAt} />
        </>
      }
      reason={reason}
      files={files}
    >
      <Text component="div">
        {status !== null && <StatusBadge status={status} />} →{' '}
        {t('requests:correction.wanted', { status: t(`shell:status.${wanted}`) })}
      </Text>
      {answer === null ? (
        <AnswerCorrection correction={correction} />
      ) : (
        <Answered answer={answer} by={answeredBy} note={note} />
      )}
    </RequestCard>
  )
}

function Leave({ leave }: { leave: LeaveView }) {
  const { t } = useTranslation('requests')
  const day = useDayFormat()
  const { id, student, from, until, reason, files, askedAt, isWithdrawn, classes } = leave
  const open = isWithdrawn ? [] : classes.filter(({ answer }) => answer === null)
  const days = from === until ? day(from) : t('leave.days', { from: day(from), until: day(until) })
  return (
    <RequestCard
      requestId={id}
      title={nameOf(student)}
      aside={
        <>
          {t('leave.of', { days })} · <When at={askedAt} />
        </>
      }
      reason={reason}
      files={files}
    >
      {isWithdrawn && <Answered answer="withdrawn" by={null} note={null} />}
      {classes
        .filter(({ answer }) => answer !== null)
        .map(({ classId, subjectName, answer, answeredBy, note }) => (
          <Answered key={classId} of={subjectName} answer={answer} by={answeredBy} note={note} />
        ))}
      {open.length > 0 && <AnswerLeave leave={leave} open={open} />}
    </RequestCard>
  )
}

type AnsweredProps = { of?: string; answer: CorrectionView['answer']; by: string | null; note: string | null }

function Answered({ of, answer, by, note }: AnsweredProps) {
  const { t } = useTranslation('requests')
  const said = t(`answer.${answer ?? 'open'}`)
  return (
    <Text fw={500}>
      {of !== undefined && `${of}: `}
      {by === null ? said : t('answer.by', { answer: said, name: by })}
      {note !== null && ` “${note}”`}
    </Text>
  )
}

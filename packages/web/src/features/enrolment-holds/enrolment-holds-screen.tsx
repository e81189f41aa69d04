import { decideEnrolmentHold, listEnrolmentHolds, type ResultOf } from '@app/contract'
import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { When } from '../../ui/time.tsx'
import classes from './enrolment-holds-screen.module.css'

type Hold = ResultOf<typeof listEnrolmentHolds>['holds'][number]

export function EnrolmentHoldsScreen() {
  const { t } = useTranslation('admin')
  const list = useRead(listEnrolmentHolds)
  return (
    <Page title={t('holds.title')} lead={t('holds.lead')}>
      {list.isPending && <Skeletons height={120} rows={2} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.holds.length === 0 && <EmptyState title={t('holds.empty')} text={t('holds.emptyText')} />}
      <ul className={classes.holds}>
        {list.data?.holds.map((hold) => (
          <HoldCard key={hold.id} hold={hold} />
        ))}
      </ul>
    </Page>
  )
}

function HoldCard({ hold }: { hold: Hold }) {
  const { t } = useTranslation('admin')
  const notify = useNotify()
  const decide = useSend(decideEnrolmentHold, { changes: [listEnrolmentHolds] })
  const name = hold.student.fullName

  function answer(decision: 'accept' | 'discard') {
    const said = decision === 'accept' ? 'holds.accepted' : 'holds.discarded'
    decide.mutate(
      { params: { holdId: hold.id }, body: { decision } },
      { onSuccess: () => notify.done(t(said, { name })), onError: notify.failed },
    )
  }

  return (
    <li className={classes.hold}>
      <dl className={classes.pair}>
        <Person title={t('holds.student')} person={hold.student} />
        <Person title={t('holds.looksLike')} person={hold.looksLike} />
        <div>
          <dt>{t('holds.since')}</dt>
          <dd>
            <When at={hold.at} />
          </dd>
        </div>
      </dl>
      <Group gap="xs">
        <Button
          variant="default"
          aria-label={t('holds.acceptOf', { name })}
          disabled={decide.isPending}
          onClick={() => answer('accept')}
        >
          {t('holds.accept')}
        </Button>
        <Button
          variant="default"
          aria-label={t('holds.discardOf', { name })}
          disabled={decide.isPending}
          onClick={() => answer('discard')}
        >
          {t('holds.discard')}
        </Button>
      </Group>
    </li>
  )
}

function Person({ title, person }: { title: string; person: Hold['student'] }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <strong>{person.fullName}</strong>
        {person.rollNo !== null && <span> {person.rollNo}</span>}
      </dd>
    </div>
  )
}

import { disableInstitution, listInstitutions, type OwnedInstitution } from '@app/contract'
import { Button, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { When } from '../../ui/time.tsx'

/** Every institution by its numbers. */
export function Institutions() {
  const { t, i18n } = useTranslation('installation')
  const list = useRead(listInstitutions)
  const number = new Intl.NumberFormat(i18n.language)
  const columns: Column<OwnedInstitution>[] = [
    { key: 'name', title: t('name'), isName: true, sortBy: ({ name }) => name, render: ({ name }) => name },
    {
      key: 'people',
      title: t('people'),
      isNumber: true,
      sortBy: ({ people }) => people,
      render: ({ people }) => number.format(people),
    },
    {
      key: 'sessions',
      title: t('sessions'),
      isNumber: true,
      sortBy: ({ sessionsThisWeek }) => sessionsThisWeek,
      render: ({ sessionsThisWeek }) => number.format(sessionsThisWeek),
    },
    {
      key: 'lastActive',
      title: t('lastActive'),
      sortBy: ({ lastActiveAt }) => lastActiveAt,
      render: ({ lastActiveAt }) => (lastActiveAt === null ? t('never') : <When at={lastActiveAt} />),
    },
    {
      key: 'state',
      title: t('state'),
      sortBy: ({ disabledAt }) => (disabledAt === null ? 0 : 1),
      render: ({ disabledAt, isOwn, isDemo }) =>
        [disabledAt === null ? t('open') : t('disabled'), isOwn && t('yours'), isDemo && t('demo')]
          .filter(Boolean)
          .join(', '),
    },
    {
      key: 'actions',
      title: t('actions'),
      hasHiddenTitle: true,
      render: (institution) => !institution.isOwn && <Switch institution={institution} />,
    },
  ]
  return (
    <section aria-labelledby="institutions">
      <Title order={2} size="h3" id="institutions" mb="sm">
        {t('institutions')}
      </Title>
      {list.isPending && <Skeletons />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <DataTable caption={t('caption')} columns={columns} rows={list.data.institutions} keyOf={({ id }) => id} />
      )}
    </section>
  )
}

/** Disabling shuts people out, so its name is typed; enabling takes nothing from anybody. */
function Switch({ institution: { id, name, disabledAt } }: { institution: OwnedInstitution }) {
  const { t } = useTranslation('installation')
  const notify = useNotify()
  const send = useSend(disableInstitution, { changes: [listInstitutions] })
  const [isAsking, setIsAsking] = useState(false)

  function set(disabled: boolean) {
    send.mutate(
      { params: { institutionId: id }, body: { disabled } },
      {
        onSuccess: () => {
          setIsAsking(false)
          if (disabled) notify.done(t('wasDisabled', { name }), () => set(false))
          else notify.done(t('wasEnabled', { name }))
        },
        onError: (error) => !isAsking && notify.failed(error),
      },
    )
  }

  if (disabledAt !== null)
    return (
      <Button
        variant="default"
        aria-label={t('enableOf', { name })}
        loading={send.isPending}
        onClick={() => set(false)}
      >
        {t('enable')}
      </Button>
    )
  return (
    <>
      <Button variant="default" aria-label={t('disableOf', { name })} onClick={() => setIsAsking(true)}>
        {t('disable')}
      </Button>
      {isAsking && (
        <ConfirmByName
          title={t('disableTitle', { name })}
          text={t('disableText')}
          name={name}
          action={t('disable')}
          isSending={send.isPending}
          error={send.error}
          onClose={() => setIsAsking(false)}
          onConfirm={() => set(true)}
        />
      )}
    </>
  )
}

import { endLogin, listLogins } from '@app/contract'
import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorState, Skeletons } from '../../ui/states.tsx'
import { useTimeFormat, When } from '../../ui/time.tsx'
import classes from './account-screen.module.css'

/** One's sign-ins, each of which can be ended from here. */
export function Logins() {
  const { t } = useTranslation('accounts')
  const { dayAndTime } = useTimeFormat()
  const notify = useNotify()
  const logins = useRead(listLogins)
  const end = useSend(endLogin, { changes: [listLogins] })

  if (logins.isPending) return <Skeletons rows={2} />
  if (logins.isError) return <ErrorState error={logins.error} onRetry={() => void logins.refetch()} />
  return (
    <>
      <ul className={classes.logins}>
        {logins.data.logins.map(({ id, device, startedAt, lastUsedAt, isThisOne }) => (
          <li key={id} className={classes.login}>
            <div>
              <div>{device}</div>
              <Text size="sm" c="dimmed">
                {isThisOne ? t('logins.thisOne') : [t('logins.lastUsed'), ' ', <When key="when" at={lastUsedAt} />]}
                {' · '}
                {t('logins.since', { when: dayAndTime(startedAt) })}
              </Text>
            </div>
            {!isThisOne && (
              <Button
                variant="default"
                aria-label={t('logins.endOf', { device })}
                loading={end.isPending && end.variables.params.loginId === id}
                onClick={() =>
                  end.mutate(
                    { params: { loginId: id } },
                    { onSuccess: () => notify.done(t('logins.ended')), onError: notify.failed },
                  )
                }
              >
                {t('logins.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {logins.data.logins.length === 1 && (
        <Text c="dimmed" mt="sm">
          {t('logins.onlyThis')}
        </Text>
      )}
    </>
  )
}

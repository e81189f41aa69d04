import { endSignIns, getPerson, listPersonHistory, type PersonView } from '@app/contract'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { When } from '../../ui/time.tsx'
import classes from './people.module.css'
import { Section } from './section.tsx'

/** Where a person is signed in. */
export function SignInsSection({ person: { personId, logins, mayChange } }: { person: PersonView }) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const end = useSend(endSignIns, { changes: [getPerson, listPersonHistory] })
  return (
    <Section title={t('person.signIns')}>
      {logins.length === 0 && <p className={classes.aside}>{t('person.noSignIns')}</p>}
      <ul className={classes.list} aria-label={t('person.signInsCaption')}>
        {logins.map(({ id, device, lastUsedAt }) => (
          <li key={id}>
            <span>{device}</span>
            <span className={classes.aside}>
              {t('person.lastUsed')} <When at={lastUsedAt} />
            </span>
          </li>
        ))}
      </ul>
      {logins.length > 0 && mayChange && (
        <Button
          variant="default"
          loading={end.isPending}
          onClick={() =>
            end.mutate(
              { params: { personId } },
              {
                onSuccess: ({ ended }) => notify.done(t('person.signInsEnded', { count: ended })),
                onError: notify.failed,
              },
            )
          }
        >
          {t('person.endSignIns')}
        </Button>
      )}
    </Section>
  )
}

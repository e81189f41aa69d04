import type { actOnPeople, PeopleAction, ResultOf } from '@app/contract'
import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import classes from './people.module.css'

export type Outcome = { action: PeopleAction; result: ResultOf<typeof actOnPeople> }

/** Whom something was not done to, and why: what a message in a corner could not say. */
export function OutcomeDialog({ outcome: { action, result }, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { t } = useTranslation('people')
  const { changed, passedOver } = result
  const title = changed.length === 0 ? t('nothingDone') : t(`done.${action}`, { count: changed.length })
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <Text fw={600}>{t('passedOver')}</Text>
        <ul className={classes.passed}>
          {passedOver.map(({ because, count, people }) => {
            const names = people.map(({ fullName }) => fullName).join(', ')
            return (
              <li key={because}>
                {t(`because.${because}`, { count })}
                <p className={classes.aside}>{count > people.length ? t('andMore', { names }) : names}</p>
              </li>
            )
          })}
        </ul>
        <Button variant="default" onClick={onClose}>
          {t('close')}
        </Button>
      </Stack>
    </Dialog>
  )
}

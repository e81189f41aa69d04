import { downloadAudit } from '@app/contract'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/browser.ts'
import { useApi } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Notice } from '../../ui/states.tsx'
import { type AuditChoice, readChoice } from './audit-choice.ts'
import classes from './audit-screen.module.css'
import { KNOWN_ACTIONS, plainAction } from './audit-words.ts'

type AuditFiltersProps = { choice: AuditChoice; onChoice: (choice: AuditChoice) => void }

/** What to show: looked at when it is asked for, not at every letter. */
export function AuditFilters({ choice, onChoice }: AuditFiltersProps) {
  const { t } = useTranslation('audit')
  const options = KNOWN_ACTIONS.map((action) => ({ value: action, label: plainAction(action) }))
  const isNarrowed = Object.keys(choice).length > 0

  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const asked = Object.fromEntries(new FormData(event.currentTarget))
    onChoice(readChoice({ ...asked, sessionId: choice.sessionId }))
  }

  return (
    <>
      {choice.sessionId !== undefined && <Notice>{t('filter.session')}</Notice>}
      <form className={`${classes.filters} no-print`} onSubmit={apply}>
        <TextInput
          name="actor"
          label={t('filter.who')}
          placeholder={t('filter.name')}
          defaultValue={choice.actor}
          autoComplete="off"
        />
        <TextInput
          name="subject"
          label={t('filter.whom')}
          placeholder={t('filter.name')}
          defaultValue={choice.subject}
          autoComplete="off"
        />
        <NativeSelect
          name="action"
          label={t('filter.what')}
          defaultValue={choice.action ?? ''}
          data={[{ value: '', label: t('filter.everything') }, ...options]}
        />
        <TextInput name="from" type="date" label={t('filter.from')} defaultValue={choice.from} />
        <TextInput name="to" type="date" label={t('filter.to')} defaultValue={choice.to} />
        <div className={classes.buttons}>
          <Button type="submit">{t('filter.apply')}</Button>
          {isNarrowed && (
            <Button variant="subtle" color="gray" onClick={() => onChoice({})}>
              {t('filter.clear')}
            </Button>
          )}
          <SaveButton choice={choice} />
        </div>
      </form>
    </>
  )
}

function SaveButton({ choice }: { choice: AuditChoice }) {
  const { t } = useTranslation('audit')
  const api = useApi()
  const notify = useNotify()
  const save = useMutation({
    mutationFn: async () => saveFile(await api.download(downloadAudit, { query: choice })),
    onError: notify.failed,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload aria-hidden size={20} />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('filter.save')}
    </Button>
  )
}

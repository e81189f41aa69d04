import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isFailure } from '../../api/failure.ts'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice, Notice } from '../../ui/states.tsx'
import { CountingSection, PeopleSection, RefusalsSection, SessionsSection } from './counting-sections.tsx'
import { FaceSection, MarkingSection } from './marking-sections.tsx'
import { PresenceSection } from './presence-section.tsx'
import { type PolicyChanges, usePolicyForm, type View } from './use-policy-form.ts'

type PolicyFormProps = {
  view: View
  /** Where this form decides: what is decided there can be inherited again. */
  place: 'institution' | 'class'
  save: (changes: PolicyChanges) => Promise<unknown>
}

/** Every field with its value, where that was decided, and the way back to what is inherited. */
export function PolicyForm({ view, place, save }: PolicyFormProps) {
  const { t } = useTranslation('policy')
  const notify = useNotify()
  const edit = usePolicyForm(view, async (changes) => {
    if (Object.keys(changes.changes).length + changes.reset.length === 0) return notify.done(t('nothingChanged'))
    await save(changes)
    notify.done(t('saved'))
  })
  const mayChange = Object.values(view).some((field) => field.mayChange)
  const section = { edit, place }
  return (
    <form onSubmit={edit.submit} noValidate>
      <Stack gap="xl">
        {isFailure(edit.failure, 'policy-breaks-class') ? (
          <Notice>{t('breaks', { classes: edit.failure.classes.map(({ name }) => name).join(', ') })}</Notice>
        ) : (
          <ErrorNotice error={edit.failure} />
        )}
        <MarkingSection {...section} />
        <FaceSection {...section} />
        <PresenceSection {...section} />
        <SessionsSection {...section} />
        <RefusalsSection {...section} />
        <CountingSection {...section} />
        <PeopleSection {...section} />
        {mayChange && (
          <Button type="submit" loading={edit.isSending}>
            {t('submit')}
          </Button>
        )}
      </Stack>
    </form>
  )
}

import { cancelImport, getImport, type ImportView } from '@app/contract'
import { Button, Progress, Stack, Text } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { StepTitle } from '../../ui/step-title.tsx'

/** How far an import, or its undoing, is, and the way to stop it. */
export function ProgressStep({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const notify = useNotify()
  const cancel = useSend(cancelImport, { changes: [getImport] })
  const { done, total } = view.progress
  const what = view.state === 'undoing' ? 'undoing' : 'taking'
  const percent = total === 0 ? 0 : Math.round((done / total) * 100)
  return (
    <Stack gap="md">
      <StepTitle>{t(`${what}.title`)}</StepTitle>
      <Text c="dimmed">{t(`${what}.lead`)}</Text>
      <Progress.Root size="lg">
        <Progress.Section value={percent} animated aria-label={t(`${what}.title`)} />
      </Progress.Root>
      <Text role="status">{t('taking.progress', { percent })}</Text>
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        loading={cancel.isPending}
        disabled={cancel.isSuccess}
        onClick={() => cancel.mutate({ params: { importId: view.id } }, { onError: notify.failed })}
      >
        {cancel.isSuccess ? t('taking.stopping') : t(`${what}.cancel`)}
      </Button>
    </Stack>
  )
}

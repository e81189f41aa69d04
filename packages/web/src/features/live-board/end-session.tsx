import { endSession, getBoard, getClass, listClasses, listClassSessions, type SessionView } from '@app/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { ErrorNotice } from '../../ui/states.tsx'

/** Ending cannot be taken back, so it is asked once, with what it will do. */
export function EndSession({ session, missing }: { session: SessionView; missing: number }) {
  const { t } = useTranslation(['live-board', 'shell'])
  const notify = useNotify()
  const [isAsking, setIsAsking] = useState(false)
  const end = useSend(endSession, { changes: [getBoard, getClass, listClasses, listClassSessions] })

  /** The live event may close this dialog before the answer is there: what follows must not hang on the dialog. */
  function endNow() {
    end.mutateAsync({ params: { sessionId: session.id } }).then(
      () => {
        setIsAsking(false)
        notify.done(t('live-board:end.done'))
      },
      () => {}, // shown in the dialog
    )
  }

  return (
    <>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {t('live-board:end.action')}
      </Button>
      {isAsking && (
        <Dialog title={t('live-board:end.title')} onClose={() => setIsAsking(false)}>
          <Stack gap="md">
            <Text>
              {missing === 0 ? t('live-board:end.nobodyMissing') : t('live-board:end.missing', { count: missing })}
            </Text>
            <Text c="dimmed">{t('live-board:end.after')}</Text>
            <ErrorNotice error={end.error} />
            <Group justify="flex-end">
              <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
                {t('live-board:end.keep')}
              </Button>
              <Button loading={end.isPending} onClick={endNow}>
                {t('live-board:end.action')}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  )
}

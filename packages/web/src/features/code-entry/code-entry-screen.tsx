import { checkInByCode, getSession, getStudentHistory, getStudentHome } from '@app/contract'
import { IconFaceId } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { MarkedScreen } from '../../ui/camera/marked-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { useFailureText } from '../../ui/use-failure-text.ts'
import classes from './code-entry.module.css'
import { CodeField } from './code-field.tsx'
import { CodeScanner } from './code-scanner.tsx'
import type { ReadCode } from './read-code.ts'

/** Being marked by the code on the teacher's screen: typed, pasted or scanned. */
export function CodeEntryScreen({ sessionId }: { sessionId: string }) {
  const navigate = useNavigate()
  const [isScanning, setIsScanning] = useState(false)
  const mark = useSend(checkInByCode, { changes: [getStudentHome, getStudentHistory] })
  const submit = (read: ReadCode) => {
    setIsScanning(false)
    mark.mutate({ params: { sessionId: read.sessionId ?? sessionId }, body: { code: read.code } })
  }
  if (mark.isSuccess) return <MarkedScreen marked={mark.data} onDone={() => void navigate({ to: '/home' })} />
  if (isScanning) return <CodeScanner onRead={submit} onLeave={() => setIsScanning(false)} />
  return (
    <CodeForm
      sessionId={sessionId}
      isSending={mark.isPending}
      error={mark.error}
      onSubmit={submit}
      onScan={() => setIsScanning(true)}
    />
  )
}

type CodeFormProps = {
  sessionId: string
  isSending: boolean
  error: unknown
  onSubmit: (read: ReadCode) => void
  onScan: () => void
}

function CodeForm({ sessionId, isSending, error, onSubmit, onScan }: CodeFormProps) {
  const { t } = useTranslation('check-in')
  const failureText = useFailureText()
  const session = useRead(getSession, { params: { sessionId } }).data
  return (
    <Page title={t('code.title')} lead={t('code.lead')} width="narrow">
      <p className={classes.session}>
        {session === undefined
          ? '\u00a0'
          : t('code.session', { subjectName: session.subjectName, className: session.className })}
      </p>
      <div className={classes.others}>
        <CodeField
          submitLabel={t('code.submit')}
          problem={error === null ? null : failureText(error)}
          isSending={isSending}
          onSubmit={onSubmit}
          onScan={onScan}
        />
        {session?.methods.includes('face') !== false && (
          <ButtonLink
            variant="default"
            size="lg"
            fullWidth
            leftSection={<IconFaceId aria-hidden size={24} />}
            to="/check-in/$sessionId"
            params={{ sessionId }}
          >
            {t('code.byFace')}
          </ButtonLink>
        )}
      </div>
    </Page>
  )
}

import { checkInByCode, getSession, getStudentHistory, getStudentHome } from '@app/contract'
import { Button, TextInput } from '@mantine/core'
import { IconFaceId, IconScan } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { MarkedScreen } from '../../ui/camera/marked-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { useFailureText } from '../../ui/use-failure-text.ts'
import classes from './code-entry.module.css'
import { CodeScanner } from './code-scanner.tsx'
import { type ReadCode, readCode, tidyTyped } from './read-code.ts'

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
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [isIncomplete, setIsIncomplete] = useState(false)
  const problem = isIncomplete ? t('code.incomplete') : error === null ? null : failureText(error)

  const submit = (text: string) => {
    const read = readCode(text)
    setIsIncomplete(read === null)
    if (read !== null) onSubmit(read)
    field.current?.select()
  }
  const change = (text: string) => {
    const tidy = tidyTyped(text)
    setTyped(tidy)
    setIsIncomplete(false)
    // The code lives for seconds: when its last letter is in, it goes.
    if (readCode(text) !== null && tidy !== typed && !isSending) submit(text)
  }
  return (
    <Page title={t('code.title')} lead={t('code.lead')} width="narrow">
      <p className={classes.session}>
        {session === undefined
          ? '\u00a0'
          : t('code.session', { subjectName: session.subjectName, className: session.className })}
      </p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit(typed)
        }}
      >
        <TextInput
          ref={field}
          label={t('code.label')}
          description={t('code.hint')}
          error={problem}
          value={typed}
          onChange={(event) => change(event.currentTarget.value)}
          classNames={{ input: classes.code ?? '' }}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
        />
        <Button type="submit" size="lg" fullWidth loading={isSending}>
          {t('code.submit')}
        </Button>
      </form>
      <div className={classes.others}>
        <Button variant="default" size="lg" fullWidth leftSection={<IconScan aria-hidden size={24} />} onClick={onScan}>
          {t('code.scan')}
        </Button>
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

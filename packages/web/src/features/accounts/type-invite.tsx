import { lookUpInvite } from '@app/contract'
import { readInviteCode } from '@app/domain'
import { Button, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readOptions, useApi } from '../../api/use-api.tsx'
import { Page } from '../../ui/page.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { useFailureText } from '../../ui/use-failure-text.ts'

/** The code of a printed invite, for whoever has no camera: it leads to the same page as the link. */
export function TypeInvite() {
  const { t } = useTranslation('accounts')
  const { problem, isSending, open } = useTypedInvite()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!(await open(typed))) field.current?.focus()
  }
  return (
    <Page title={t('invite.typeTitle')} lead={t('invite.typeLead')} width="narrow">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <TextInput
            ref={field}
            label={t('invite.code')}
            description={t('invite.codeHint')}
            error={problem}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="go"
          />
          <Button type="submit" loading={isSending} fullWidth>
            {t('invite.open')}
          </Button>
          <TextLink to="/sign-in">{t('invite.toSignIn')}</TextLink>
        </Stack>
      </form>
    </Page>
  )
}

/** Asks whether the code is good before the page is left, so that a mistyped one stays in the field. */
function useTypedInvite() {
  const { t } = useTranslation('accounts')
  const api = useApi()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const failureText = useFailureText()
  const [problem, setProblem] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)

  async function open(typed: string): Promise<boolean> {
    const code = readInviteCode(typed)
    setProblem(code === null ? t('invite.incomplete') : null)
    if (code === null || isSending) return false
    setIsSending(true)
    try {
      await cache.fetchQuery(readOptions(api, lookUpInvite, { body: { token: code } }))
      // Behind the `#`, as in a link: no server and no log sees it.
      await navigate({ to: '/invite', hash: code })
      return true
    } catch (failure) {
      setProblem(failureText(failure))
      return false
    } finally {
      setIsSending(false)
    }
  }
  return { problem, isSending, open }
}

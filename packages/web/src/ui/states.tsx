import { Button, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFailure } from '../api/failure.ts'
import classes from './states.module.css'
import { useFailureText } from './use-failure-text.ts'

/** Nothing here yet: says so, and what the next step is. */
export function EmptyState({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {text !== undefined && <Text c="dimmed">{text}</Text>}
      {action}
    </div>
  )
}

/** Something could not be loaded: what happened, what to do, and the way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const requestId = error instanceof ApiFailure ? error.requestId : null
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle aria-hidden className={classes.sign} />
      <Text>{failureText(error)}</Text>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
      {requestId !== null && (
        <Text size="sm" c="dimmed">
          {t('requestId', { id: requestId })}
        </Text>
      )}
    </div>
  )
}

/** An error inside a form or a panel, above what it is about. */
export function ErrorNotice({ error }: { error: unknown }) {
  const failureText = useFailureText()
  if (error === null || error === undefined) return null
  return (
    <div className={classes.notice} data-kind="error" role="alert">
      <IconAlertTriangle aria-hidden size={20} />
      <span>{failureText(error)}</span>
    </div>
  )
}

/** A calm sentence that should be seen: nothing is wrong. */
export function Notice({ children }: { children: ReactNode }) {
  return <div className={classes.notice}>{children}</div>
}

const WAIT_MS = 300

/** Grey shapes where the content will be, after 300 ms: a quick answer shows none. They keep the place from the start. */
export function Skeletons({ rows = 4, height = 56 }: { rows?: number; height?: number }) {
  const { t } = useTranslation()
  const [isShown, setIsShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), WAIT_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')} aria-busy style={{ opacity: isShown ? 1 : 0 }}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are alike and never move
        <div key={index} className={classes.skeleton} style={{ height }} />
      ))}
    </Stack>
  )
}

import { CloseButton } from '@mantine/core'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './messages.module.css'
import { useFailureText } from './use-failure-text.ts'

type Message = { id: number; kind: 'done' | 'failed'; text: string }
type Notify = { done: (text: string) => void; failed: (error: unknown) => void }

const NotifyContext = createContext<Notify | null>(null)

const SHOWN_MS = { done: 5000, failed: 10_000 } as const

/** Short messages that come and go. What needs an answer, or must not be missed, belongs in the page. */
export function useNotify(): Notify {
  const notify = useContext(NotifyContext)
  if (notify === null) throw new Error('useNotify needs a MessagesProvider above it')
  return notify
}

export function MessagesProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [messages, setMessages] = useState<readonly Message[]>([])

  const notify = useMemo<Notify>(() => {
    let last = 0
    const show = (kind: Message['kind'], text: string) => {
      last += 1
      const id = last
      // The same sentence twice is one message.
      setMessages((shown) => [...shown.filter((message) => message.text !== text), { id, kind, text }])
      setTimeout(() => setMessages((shown) => shown.filter((message) => message.id !== id)), SHOWN_MS[kind])
    }
    return {
      done: (text) => show('done', text),
      failed: (error) => show('failed', failureText(error)),
    }
  }, [failureText])

  return (
    <NotifyContext value={notify}>
      {children}
      <div className={classes.messages} role="status" aria-live="polite">
        {messages.map(({ id, kind, text }) => (
          <div key={id} className={classes.message} data-kind={kind}>
            <span>{text}</span>
            <CloseButton
              size={44}
              iconSize={22}
              aria-label={t('close')}
              onClick={() => setMessages((shown) => shown.filter((message) => message.id !== id))}
            />
          </div>
        ))}
      </div>
    </NotifyContext>
  )
}

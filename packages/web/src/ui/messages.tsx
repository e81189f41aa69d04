import { Button, CloseButton } from '@mantine/core'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './messages.module.css'
import { useFailureText } from './use-failure-text.ts'

type Message = { id: number; kind: 'done' | 'failed'; text: string; undo: (() => void) | null }
type Notify = {
  /** `undo` takes back what was done; the message stays longer then. */
  done: (text: string, undo?: () => void) => void
  failed: (error: unknown) => void
}

const NotifyContext = createContext<Notify | null>(null)

/** More would hide the page they are about. */
const MOST_SHOWN = 2
const SHOWN_MS = { done: 5000, undo: 12_000, failed: 10_000 } as const

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
    const show = (kind: Message['kind'], text: string, undo: Message['undo']) => {
      last += 1
      const id = last
      // The same sentence twice is one message.
      setMessages((shown) =>
        [...shown.filter((message) => message.text !== text), { id, kind, text, undo }].slice(-MOST_SHOWN),
      )
      setTimeout(
        () => setMessages((shown) => shown.filter((message) => message.id !== id)),
        SHOWN_MS[undo === null ? kind : 'undo'],
      )
    }
    return {
      done: (text, undo) => show('done', text, undo ?? null),
      failed: (error) => show('failed', failureText(error), null),
    }
  }, [failureText])

  const remove = (id: number) => setMessages((shown) => shown.filter((message) => message.id !== id))

  return (
    <NotifyContext value={notify}>
      {children}
      <div className={classes.messages} role="status" aria-live="polite">
        {messages.map(({ id, kind, text, undo }) => (
          <div key={id} className={classes.message} data-kind={kind}>
            <span>{text}</span>
            {undo !== null && (
              <Button
                variant="subtle"
                onClick={() => {
                  remove(id)
                  undo()
                }}
              >
                {t('undo')}
              </Button>
            )}
            <CloseButton size={44} iconSize={22} aria-label={t('close')} onClick={() => remove(id)} />
          </div>
        ))}
      </div>
    </NotifyContext>
  )
}

import { VisuallyHidden } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

const AnnouncerContext = createContext<(message: string) => void>(() => {})

/** The one polite live region: says to a screen reader what others see happen. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ message: '', turn: 0 })
  const announce = useCallback((message: string) => setSaid(({ turn }) => ({ message, turn: turn + 1 })), [])
  return (
    <AnnouncerContext value={announce}>
      {children}
      <VisuallyHidden role="status" aria-live="polite">
        <span key={said.turn}>{said.message}</span>
      </VisuallyHidden>
    </AnnouncerContext>
  )
}

export function useAnnounce(): (message: string) => void {
  return useContext(AnnouncerContext)
}

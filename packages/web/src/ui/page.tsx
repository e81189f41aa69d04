import { Title } from '@mantine/core'
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './page.module.css'

type Arrival = { path: string | null; isFocused: boolean }

const ArrivalContext = createContext<RefObject<Arrival>>({ current: { path: null, isFocused: false } })

/** Remembers the page one is on, so that the focus moves when it changes, and only then. */
export function ArrivalProvider({ children }: { children: ReactNode }) {
  const arrival = useRef<Arrival>({ path: null, isFocused: false })
  return <ArrivalContext value={arrival}>{children}</ArrivalContext>
}

/** The first page leaves the focus where the browser put it; a later one brings it to its heading. */
function useArrivalFocus(heading: RefObject<HTMLHeadingElement | null>) {
  const arrival = useContext(ArrivalContext)
  useEffect(() => {
    const { path, isFocused } = arrival.current
    const now = window.location.pathname
    const hasMoved = path !== null && path !== now
    // The heading of what was shown while loading had the focus and went away with it.
    const isReplaced = isFocused && path === now && document.activeElement === document.body
    if (hasMoved || isReplaced) heading.current?.focus({ preventScroll: true })
    arrival.current = { path: now, isFocused: hasMoved || (isFocused && path === now) }
  }, [arrival, heading])
}

type PageProps = {
  title: string
  /** One line under the title. */
  lead?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  /** `narrow` for forms and phones, `wide` for tables and the board. */
  width?: 'narrow' | 'wide'
  children: ReactNode
}

/** A page: document title, the one `h1` (which takes the focus after a navigation), and its content. */
export function Page({ title, lead, actions, width = 'wide', children }: PageProps) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useArrivalFocus(heading)
  return (
    <div className={classes.page} data-width={width}>
      <title>{t('titleOf', { page: title })}</title>
      <header className={classes.header}>
        <div className={classes.heading}>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {lead !== undefined && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions !== undefined && <div className={`${classes.actions} no-print`}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

import { Title } from '@mantine/core'
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './page.module.css'

const FirstPageContext = createContext<RefObject<boolean>>({ current: true })

/** Knows whether a page is the first one shown: that one leaves the focus where the browser put it. */
export function FirstPageProvider({ children }: { children: ReactNode }) {
  const isFirst = useRef(true)
  return <FirstPageContext value={isFirst}>{children}</FirstPageContext>
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
  const isFirst = useContext(FirstPageContext)
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [isFirst])
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
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

import type { PeopleFilter } from '@app/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './figures.module.css'

type FigureProps = {
  label: string
  /** Null while it is not known yet. */
  number: number | null
  /** What it is a part of; its share stands beside it. */
  of?: number
  /** Somebody should do something about it. */
  calls?: boolean
  /** Puts the line into a link to the list behind the number. */
  link?: (content: ReactNode) => ReactNode
}

/** One number; a link to the list behind it, where there is one and it is not empty. */
export function Figure({ label, number, of, calls = false, link }: FigureProps) {
  const { t, i18n } = useTranslation('overview')
  if (number === null)
    return (
      <li className={classes.figure}>
        <span className={classes.label}>{label}</span>
        <span className={classes.number} title={t('counting')}>
          …
        </span>
      </li>
    )
  const written = new Intl.NumberFormat(i18n.language).format(number)
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  const text =
    of === undefined || of === 0 ? written : t('share', { number: written, share: percent.format(number / of) })
  const content = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.number} data-calls={calls && number > 0}>
        {text}
      </span>
    </>
  )
  return <li>{link === undefined || number === 0 ? <div className={classes.figure}>{content}</div> : link(content)}</li>
}

/** The people whom a filter of the directory finds. */
export const toPeople = (filter: PeopleFilter) => (content: ReactNode) => (
  <Link to="/people" search={filter} className={classes.figure}>
    {content}
  </Link>
)

type List = '/classes' | '/staff' | '/enrolment-holds' | '/overview/missed-sessions' | '/overview/low-attendance'
/** Another list. */
export const toList = (to: List) => (content: ReactNode) => (
  <Link to={to} className={classes.figure}>
    {content}
  </Link>
)

export const toLacking = (lacks: 'teacher' | 'students') => (content: ReactNode) => (
  <Link to="/overview/classes" search={{ lacks }} className={classes.figure}>
    {content}
  </Link>
)

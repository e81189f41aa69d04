import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './structure-tabs.module.css'

const TABS = [
  { to: '/structure/terms', key: 'terms' },
  { to: '/structure/subjects', key: 'subjects' },
  { to: '/structure/classes', key: 'classes' },
  { to: '/structure/institution', key: 'institution' },
] as const

/** The pages of the structure: each has its own address. */
export function StructureTabs() {
  const { t } = useTranslation('structure')
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      {TABS.map(({ to, key }) => (
        <Link key={key} to={to} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
          {t(`tabs.${key}`)}
        </Link>
      ))}
    </nav>
  )
}

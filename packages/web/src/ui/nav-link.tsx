import type { IconHome } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './frame.module.css'
import type { sentences } from './i18n/en/shell.ts'

export type NavItem = {
  to: NonNullable<LinkProps['to']>
  name: keyof (typeof sentences)['nav']
  Icon: typeof IconHome
}

/** One place to go, in the frame's navigation. */
export function NavLink({ to, name, Icon }: NavItem) {
  const { t } = useTranslation()
  return (
    <Link to={to} className={classes.link} activeProps={{ 'aria-current': 'page' }}>
      <Icon aria-hidden size={24} stroke={1.75} />
      <span>{t(`nav.${name}`)}</span>
    </Link>
  )
}

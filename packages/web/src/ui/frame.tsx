import type { Role } from '@app/contract'
import { Button } from '@mantine/core'
import {
  IconAdjustments,
  IconChalkboard,
  IconChartBar,
  IconFaceId,
  IconHistory,
  IconHome,
  IconInbox,
  IconLogout,
  IconUser,
  IconUsers,
  IconWifiOff,
} from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi, useSignIn } from '../api/use-api.tsx'
import { ColourSchemeToggle } from './colour-scheme.tsx'
import classes from './frame.module.css'
import { useNotify } from './messages.tsx'

type NavItem = { to: NonNullable<LinkProps['to']>; key: NavKey; Icon: typeof IconHome; for: readonly Role[] }
type NavKey = 'board' | 'home' | 'history' | 'requests' | 'refusals' | 'staff' | 'holds' | 'policy' | 'account'

const NAV: readonly NavItem[] = [
  { to: '/home', key: 'home', Icon: IconHome, for: ['student'] },
  { to: '/history', key: 'history', Icon: IconHistory, for: ['student'] },
  { to: '/classes', key: 'board', Icon: IconChalkboard, for: ['teacher', 'admin'] },
  { to: '/requests', key: 'requests', Icon: IconInbox, for: ['teacher', 'admin'] },
  { to: '/refusals', key: 'refusals', Icon: IconChartBar, for: ['teacher', 'admin'] },
  { to: '/staff', key: 'staff', Icon: IconUsers, for: ['admin'] },
  { to: '/enrolment-holds', key: 'holds', Icon: IconFaceId, for: ['admin'] },
  { to: '/policy', key: 'policy', Icon: IconAdjustments, for: ['admin'] },
  { to: '/account', key: 'account', Icon: IconUser, for: ['owner', 'admin', 'teacher', 'student', 'guardian'] },
]

/** What is around every page: who runs this, where one can go, and what one should know (a demo, no network). */
export function Frame({ isDemo, children }: { isDemo: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const state = useSignIn()
  const me = state.kind === 'signed-in' || state.kind === 'ended' ? state.me : null
  const items = NAV.filter((item) => item.for.some((role) => me?.roles.includes(role)))
  return (
    <div className={classes.frame} data-nav={navShape(me?.roles ?? [])}>
      <a className={classes.skip} href="#content">
        {t('skipToContent')}
      </a>
      <header className={classes.banner}>
        {(isDemo || me?.institution.isDemo === true) && <p className={classes.demo}>{t('demo')}</p>}
        <OfflineNotice />
        <div className={classes.top}>
          <Link to="/" className={classes.institution}>
            {me?.institution.name ?? t('product')}
          </Link>
          <div className={classes.tools}>
            <ColourSchemeToggle />
            {me !== null && <SignOut />}
          </div>
        </div>
      </header>
      {items.length > 0 && (
        <nav className={classes.nav} aria-label={t('navigation')}>
          {items.map(({ to, key, Icon }) => (
            <Link key={key} to={to} className={classes.link} activeProps={{ 'aria-current': 'page' }}>
              <Icon aria-hidden size={24} stroke={1.75} />
              <span>{t(`nav.${key}`)}</span>
            </Link>
          ))}
        </nav>
      )}
      <main id="content" className={classes.content} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

/** Admins have tables and go between them: links at the side. For a phone they are at the thumb, whoever holds it. */
function navShape(roles: readonly Role[]): 'none' | 'top' | 'side' {
  if (roles.length === 0) return 'none'
  return roles.includes('admin') ? 'side' : 'top'
}

function SignOut() {
  const { t } = useTranslation()
  const api = useApi()
  const notify = useNotify()
  return (
    <Button
      variant="subtle"
      color="gray"
      className={classes.signOut}
      leftSection={<IconLogout aria-hidden size={20} stroke={1.75} />}
      onClick={() => void api.leave().catch(notify.failed)}
    >
      {t('signOut')}
    </Button>
  )
}

function OfflineNotice() {
  const { t } = useTranslation()
  const isOnline = useSyncExternalStore(subscribeToNetwork, () => navigator.onLine)
  return (
    <div role="status" className={classes.network}>
      {!isOnline && (
        <p className={classes.offline}>
          <IconWifiOff aria-hidden size={20} /> {t('offline')}
        </p>
      )}
    </div>
  )
}

function subscribeToNetwork(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

import type { Role } from '@app/contract'
import { Button } from '@mantine/core'
import { IconHistory, IconHome, IconLogout, IconUser, IconWifiOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi, useSignIn } from '../api/use-api.tsx'
import { ColourSchemeToggle } from './colour-scheme.tsx'
import classes from './frame.module.css'
import { useNotify } from './messages.tsx'
import { type NavItem, NavLink } from './nav-link.tsx'

const StaffNav = lazy(async () => {
  const { StaffNav } = await import('./staff-nav.tsx')
  return { default: StaffNav }
})

const STUDENT: readonly NavItem[] = [
  { to: '/home', name: 'home', Icon: IconHome },
  { to: '/history', name: 'history', Icon: IconHistory },
]

const ACCOUNT: NavItem = { to: '/account', name: 'account', Icon: IconUser }

/** What is around every page: who runs this, where one can go, and what one should know (a demo, no network). */
export function Frame({ isDemo, children }: { isDemo: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  const state = useSignIn()
  const me = state.kind === 'signed-in' || state.kind === 'ended' ? state.me : null
  const roles = me?.roles ?? []
  return (
    <div className={classes.frame} data-nav={navShape(roles)}>
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
      {roles.length > 0 && (
        <nav className={classes.nav} aria-label={t('navigation')}>
          {roles.includes('student') && STUDENT.map((item) => <NavLink key={item.name} {...item} />)}
          {/* All at once, so that nothing moves under a thumb. */}
          <Suspense>
            {roles.some((role) => role !== 'student') && <StaffNav roles={roles} />}
            <NavLink {...ACCOUNT} />
          </Suspense>
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

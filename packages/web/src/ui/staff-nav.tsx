import type { Role } from '@app/contract'
import {
  IconAddressBook,
  IconAdjustments,
  IconCalendarClock,
  IconCalendarWeek,
  IconChalkboard,
  IconChartBar,
  IconFaceId,
  IconFileImport,
  IconInbox,
  IconLayoutDashboard,
  IconListCheck,
  IconPhotoScan,
  IconServer,
  IconSitemap,
  IconTags,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { type NavItem, NavLink } from './nav-link.tsx'

const ITEMS: readonly (NavItem & { for: readonly Role[] })[] = [
  { to: '/guardian', name: 'guardian', Icon: IconUsersGroup, for: ['guardian'] },
  { to: '/today', name: 'today', Icon: IconCalendarClock, for: ['teacher'] },
  { to: '/overview', name: 'overview', Icon: IconLayoutDashboard, for: ['admin'] },
  { to: '/classes', name: 'board', Icon: IconChalkboard, for: ['teacher', 'admin'] },
  { to: '/week', name: 'week', Icon: IconCalendarWeek, for: ['teacher', 'admin'] },
  { to: '/people', name: 'people', Icon: IconAddressBook, for: ['admin'] },
  { to: '/import', name: 'imports', Icon: IconFileImport, for: ['admin'] },
  { to: '/requests', name: 'requests', Icon: IconInbox, for: ['teacher', 'admin'] },
  { to: '/refusals', name: 'refusals', Icon: IconChartBar, for: ['teacher', 'admin'] },
  { to: '/staff', name: 'staff', Icon: IconUsers, for: ['admin'] },
  { to: '/structure/terms', name: 'structure', Icon: IconSitemap, for: ['admin'] },
  { to: '/enrolment-holds', name: 'holds', Icon: IconFaceId, for: ['admin'] },
  { to: '/photo-enrolment', name: 'photos', Icon: IconPhotoScan, for: ['admin'] },
  { to: '/policy', name: 'policy', Icon: IconAdjustments, for: ['admin'] },
  { to: '/statuses', name: 'statuses', Icon: IconTags, for: ['admin'] },
  { to: '/audit', name: 'audit', Icon: IconListCheck, for: ['admin'] },
  { to: '/installation', name: 'installation', Icon: IconServer, for: ['owner'] },
]

/** Where everybody but students can go: a part of its own, so that a student's phone does not load it. */
export function StaffNav({ roles }: { roles: readonly Role[] }) {
  return ITEMS.filter((item) => item.for.some((role) => roles.includes(role))).map((item) => (
    <NavLink key={item.name} {...item} />
  ))
}

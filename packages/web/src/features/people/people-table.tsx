import { PeopleSort, type PersonRow } from '@app/contract'
import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { When } from '../../ui/time.tsx'
import { type PeopleChoice, readChoice } from './choice.ts'

type PeopleTableProps = {
  people: readonly PersonRow[]
  choice: PeopleChoice
  onChoice: (choice: PeopleChoice) => void
  isChosen: (personId: string) => boolean
  onToggle: (personId: string) => void
}

/** The page of people as a table; the server sorts it. */
export function PeopleTable({ people, choice, onChoice, isChosen, onToggle }: PeopleTableProps) {
  const { t } = useTranslation(['people', 'shell'])
  /** Any value makes the heading ask for the order; the server knows what it goes by. */
  const sortable = { sortBy: () => null }
  const columns: Column<PersonRow>[] = [
    {
      key: 'select',
      title: t('people:columns.select'),
      hasHiddenTitle: true,
      render: ({ personId, fullName }) => (
        <Checkbox
          aria-label={t('people:selectOf', { name: fullName })}
          checked={isChosen(personId)}
          onChange={() => onToggle(personId)}
        />
      ),
    },
    {
      key: 'name',
      title: t('people:columns.name'),
      isName: true,
      ...sortable,
      render: ({ personId, fullName }) => (
        <TextLink to="/people/$personId" params={{ personId }}>
          {fullName}
        </TextLink>
      ),
    },
    { key: 'rollNo', title: t('people:columns.rollNo'), ...sortable, render: ({ rollNo }) => rollNo ?? '' },
    { key: 'email', title: t('people:columns.email'), isExtra: true, ...sortable, render: ({ email }) => email ?? '' },
    {
      key: 'department',
      title: t('people:columns.department'),
      isExtra: true,
      ...sortable,
      render: ({ department, batch }) => [department, batch].filter(Boolean).join(', '),
    },
    {
      key: 'roles',
      title: t('people:columns.roles'),
      render: ({ roles }) => roles.map((role) => t(`shell:roleName.${role}`)).join(', '),
    },
    {
      key: 'account',
      title: t('people:columns.account'),
      render: ({ status }) => t(`people:statuses.${status}`),
    },
    {
      key: 'lastSeen',
      title: t('people:columns.lastSeen'),
      isExtra: true,
      render: ({ lastSeenAt }) => (lastSeenAt === null ? t('people:neverSeen') : <When at={lastSeenAt} />),
    },
  ]
  return (
    <DataTable
      caption={t('people:caption', { count: people.length })}
      columns={columns}
      rows={people}
      keyOf={({ personId }) => personId}
      sorted={{
        by: { key: choice.sort ?? 'name', isDown: choice.order === 'down' },
        onSort: ({ key, isDown }) => {
          const sort = PeopleSort.safeParse(key)
          if (sort.success) onChoice(readChoice({ ...choice, sort: sort.data, order: isDown ? 'down' : 'up' }))
        },
      }}
    />
  )
}

import type { PeopleAction, PersonRow, Selection } from '@app/contract'
import { Button, Checkbox, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import '../../ui/checkbox-styles.ts'
import { EmptyState, ErrorState, Skeletons } from '../../ui/states.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { filterOf, type PeopleChoice } from './choice.ts'
import { PeopleTable } from './people-table.tsx'
import { usePeople } from './use-people.ts'

type DirectoryProps = {
  choice: PeopleChoice
  onChoice: (choice: PeopleChoice) => void
  onAct: (action: PeopleAction, who: Selection) => void
  onPrint: (who: Selection) => void
  isBusy: boolean
}

/** The list itself, with what is selected in it. */
export function Directory(props: DirectoryProps) {
  const { t } = useTranslation('people')
  const { choice } = props
  const list = usePeople(choice)
  if (list.isPending) return <Skeletons rows={8} />
  if (list.isError && list.data === undefined)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const people = list.data.pages.flatMap((page) => page.people)
  const total = list.data.pages[0]?.total ?? people.length
  return (
    <>
      <Selectable key={JSON.stringify(filterOf(choice))} {...props} people={people} total={total} />
      {people.length === 0 && <EmptyState title={t('none.title')} text={t('none.text')} />}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </Group>
      )}
    </>
  )
}

type Chosen = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'all' }
const NOBODY: Chosen = { kind: 'some', ids: new Set() }

type SelectableProps = DirectoryProps & { people: readonly PersonRow[]; total: number }

function Selectable({ choice, onChoice, onAct, onPrint, isBusy, people, total }: SelectableProps) {
  const { t, i18n } = useTranslation('people')
  const [chosen, setChosen] = useState<Chosen>(NOBODY)
  const number = new Intl.NumberFormat(i18n.language).format(total)
  const isChosen = (id: string) => chosen.kind === 'all' || chosen.ids.has(id)
  const shown = people.map(({ personId }) => personId)
  const areAllShown = shown.length > 0 && shown.every(isChosen)
  const count = chosen.kind === 'all' ? total : chosen.ids.size
  const who: Selection = chosen.kind === 'all' ? { filter: filterOf(choice) } : { personIds: [...chosen.ids] }

  function toggle(id: string) {
    const ids = new Set(chosen.kind === 'all' ? shown : chosen.ids)
    if (!ids.delete(id)) ids.add(id)
    setChosen({ kind: 'some', ids })
  }

  if (people.length === 0) return null
  return (
    <>
      <BulkBar
        count={count}
        isBusy={isBusy}
        filter={filterOf(choice)}
        onAct={(action) => onAct(action, who)}
        onPrint={() => onPrint(who)}
      >
        <Checkbox
          label={t('selectShown')}
          checked={areAllShown}
          onChange={() => setChosen(areAllShown ? NOBODY : { kind: 'some', ids: new Set(shown) })}
        />
        {count === 0 ? (
          <Text c="dimmed">{t('total', { count: total, number })}</Text>
        ) : (
          <Text role="status">{chosen.kind === 'all' ? t('allSelected', { number }) : t('selected', { count })}</Text>
        )}
        {areAllShown && chosen.kind === 'some' && total > shown.length && (
          <Button variant="subtle" onClick={() => setChosen({ kind: 'all' })}>
            {t('selectAll', { number })}
          </Button>
        )}
        {count > 0 && (
          <Button variant="subtle" onClick={() => setChosen(NOBODY)}>
            {t('clearSelection')}
          </Button>
        )}
      </BulkBar>
      <PeopleTable people={people} choice={choice} onChoice={onChoice} isChosen={isChosen} onToggle={toggle} />
    </>
  )
}

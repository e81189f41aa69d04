import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import '@mantine/core/styles/SegmentedControl.css'
import '@mantine/core/styles/FloatingIndicator.css'
import { IconLayoutGrid, IconList } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Order, Show } from './board-state.ts'
import classes from './board-tools.module.css'

export type Choice = { show: Show; order: Order; view: 'tiles' | 'list'; search: string }

type BoardToolsProps = { choice: Choice; onChange: (choice: Choice) => void }

/** Which students are shown, in what order and form. */
export function BoardTools({ choice, onChange }: BoardToolsProps) {
  const { t } = useTranslation('live-board')
  const set = (part: Partial<Choice>) => onChange({ ...choice, ...part })
  return (
    <div className={classes.tools}>
      <TextInput
        type="search"
        aria-label={t('tools.search')}
        placeholder={t('tools.search')}
        value={choice.search}
        onChange={(event) => set({ search: event.currentTarget.value })}
        className={classes.search}
      />
      <SegmentedControl
        aria-label={t('tools.filter')}
        value={choice.show}
        onChange={(show) => set({ show: show as Show })}
        data={(['all', 'missing', 'marked', 'late'] as const).map((value) => ({ value, label: t(`tools.${value}`) }))}
      />
      <NativeSelect
        aria-label={t('tools.sort')}
        value={choice.order}
        onChange={(event) => set({ order: event.currentTarget.value as Order })}
        data={[
          { value: 'rollNo', label: t('tools.byRollNo') },
          { value: 'name', label: t('tools.byName') },
          { value: 'time', label: t('tools.byTime') },
          { value: 'state', label: t('tools.byState') },
        ]}
      />
      <SegmentedControl
        aria-label={t('tools.view')}
        value={choice.view}
        onChange={(view) => set({ view: view as Choice['view'] })}
        data={[
          { value: 'tiles', label: <IconLabel Icon={IconLayoutGrid} text={t('tools.tiles')} /> },
          { value: 'list', label: <IconLabel Icon={IconList} text={t('tools.list')} /> },
        ]}
      />
    </div>
  )
}

function IconLabel({ Icon, text }: { Icon: typeof IconList; text: string }) {
  return (
    <span className={classes.label}>
      <Icon aria-hidden size={20} stroke={1.75} />
      {text}
    </span>
  )
}

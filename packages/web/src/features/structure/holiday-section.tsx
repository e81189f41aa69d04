import { createHoliday, deleteHoliday, type HolidayView, listHolidays, updateHoliday } from '@app/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead, useSend } from '../../api/use-api.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useColumns } from './columns.tsx'
import { DaysDialog } from './days-dialog.tsx'
import { DeleteItem, EditItem, RowMenu } from './row-menu.tsx'
import { Section } from './section.tsx'

const CHANGES = { changes: [listHolidays] }

export function HolidaySection() {
  const { t } = useTranslation('structure')
  const columns = useColumns()
  const list = useRead(listHolidays)
  const create = useSend(createHoliday, CHANGES)
  const update = useSend(updateHoliday, CHANGES)
  const [editing, setEditing] = useState<HolidayView | 'new' | null>(null)
  const holidays = list.data?.holidays ?? []
  const before = editing === 'new' ? null : editing
  return (
    <>
      <Section
        title={t('holidays.heading')}
        add={t('holidays.add')}
        onAdd={() => setEditing('new')}
        list={list}
        count={holidays.length}
        shown={holidays.length}
        empty={{ title: t('holidays.empty'), text: t('holidays.emptyText') }}
      >
        <DataTable<HolidayView>
          caption={t('holidays.heading')}
          columns={[
            columns.name(),
            ...columns.days<HolidayView>(),
            columns.actions((holiday) => <HolidayMenu holiday={holiday} onEdit={() => setEditing(holiday)} />),
          ]}
          rows={holidays}
          keyOf={({ id }) => id}
        />
      </Section>
      {editing !== null && (
        <DaysDialog
          addTitle={t('holidays.add')}
          nameHint={t('holidays.nameHint')}
          before={before}
          onClose={() => setEditing(null)}
          onSave={(body) =>
            before === null
              ? create.mutateAsync({ body })
              : update.mutateAsync({ params: { holidayId: before.id }, body })
          }
        />
      )}
    </>
  )
}

function HolidayMenu({ holiday, onEdit }: { holiday: HolidayView; onEdit: () => void }) {
  const remove = useSend(deleteHoliday, CHANGES)
  const create = useSend(createHoliday, CHANGES)
  const { id, name, startsOn, endsOn } = holiday
  return (
    <RowMenu name={name}>
      <EditItem onEdit={onEdit} />
      <DeleteItem
        name={name}
        remove={() => remove.mutateAsync({ params: { holidayId: id } })}
        makeAgain={() => create.mutateAsync({ body: { name, startsOn, endsOn } })}
      />
    </RowMenu>
  )
}

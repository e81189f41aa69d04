import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import '../../ui/menu-styles.ts'
import { type Archivable, useToggleArchived, useUndoable } from './use-undoable.ts'

/** What can be done with one row. */
export function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation('structure')
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon color="gray" aria-label={t('actionsOf', { name })}>
          <IconDots aria-hidden size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

export function EditItem({ onEdit }: { onEdit: () => void }) {
  const { t } = useTranslation('structure')
  return <Menu.Item onClick={onEdit}>{t('edit')}</Menu.Item>
}

type ArchiveItemProps = {
  row: Archivable
  send: (body: { archived: boolean }) => Promise<unknown>
  /** What is said where more than the row itself is archived. */
  text?: string | undefined
}

export function ArchiveItem({ row, send, text }: ArchiveItemProps) {
  const { t } = useTranslation('structure')
  const toggle = useToggleArchived()
  return (
    <Menu.Item onClick={() => toggle(row, { send, text })}>
      {t(row.archivedAt === null ? 'archive' : 'restore')}
    </Menu.Item>
  )
}

type DeleteItemProps = { name: string; remove: () => Promise<unknown>; makeAgain: () => Promise<unknown> }

/** Only for what nothing refers to: made again, it is as it was. */
export function DeleteItem({ name, remove, makeAgain }: DeleteItemProps) {
  const { t } = useTranslation('structure')
  const undoable = useUndoable()
  return (
    <Menu.Item onClick={() => undoable({ run: remove, text: t('isDeleted', { name }), undo: makeAgain })}>
      {t('remove')}
    </Menu.Item>
  )
}

import { useTranslation } from 'react-i18next'
import { useNotify } from '../../ui/messages.tsx'

type Undoable = { run: () => Promise<unknown>; text: string; undo: () => Promise<unknown> }

/** Does something at once and offers to take it back; a failure of either is said. */
export function useUndoable(): (work: Undoable) => void {
  const notify = useNotify()
  return ({ run, text, undo }) => {
    run().then(() => notify.done(text, () => void undo().catch(notify.failed)), notify.failed)
  }
}

export type Archivable = { name: string; archivedAt: string | null }
type Sending = { send: (body: { archived: boolean }) => Promise<unknown>; text?: string | undefined }

/** Archives what is in use, brings back what is archived. */
export function useToggleArchived(): (row: Archivable, sending: Sending) => void {
  const { t } = useTranslation('structure')
  const undoable = useUndoable()
  return ({ name, archivedAt }, { send, text }) => {
    const archived = archivedAt === null
    undoable({
      run: () => send({ archived }),
      text: archived ? (text ?? t('isArchived', { name })) : t('isBack', { name }),
      undo: () => send({ archived: !archived }),
    })
  }
}

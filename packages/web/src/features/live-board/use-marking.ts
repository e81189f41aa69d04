import { type BodyOf, getBoard, getMarkHistory, markByHand, markMany, type Tile, undoMarks } from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiFailure } from '../../api/failure.ts'
import { readKey, readOptions, useApi, useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { useStatusText } from './status-text.ts'

/** What is decided about a mark, without the version that was seen: that is the tile's. */
export type Decision = Omit<BodyOf<typeof markByHand>, 'seen'>

export const plainly = (status: Decision['status'], reason = ''): Decision => ({
  status,
  ownStatusId: null,
  reason,
  note: '',
})

/** Marks by hand, one or many, each with an undo. Answers go into the board at once; the events that follow say the same. */
export function useMarking(sessionId: string) {
  const { t } = useTranslation('live-board')
  const api = useApi()
  const cache = useQueryClient()
  const notify = useNotify()
  const statusText = useStatusText()
  const one = useSend(markByHand, { changes: [getMarkHistory] })
  const many = useSend(markMany, { changes: [getMarkHistory] })
  const back = useSend(undoMarks, { changes: [getMarkHistory] })

  function show(tiles: readonly Tile[]) {
    const changed = new Map(tiles.map((tile) => [tile.studentId, tile]))
    const { queryKey } = readOptions(api, getBoard, { params: { sessionId } })
    cache.setQueryData(queryKey, (board) =>
      board === undefined
        ? undefined
        : { ...board, tiles: board.tiles.map((tile) => changed.get(tile.studentId) ?? tile) },
    )
  }

  /** The other's change comes by the stream; where that is cut, it is read here. */
  function lookAgain(error: unknown) {
    if (error instanceof ApiFailure && error.code === 'changed-meanwhile')
      void cache.invalidateQueries({ queryKey: readKey(getBoard) })
  }

  function undo(tiles: readonly Tile[]) {
    const changes = tiles.flatMap(({ studentId, version }) => (version === null ? [] : [{ studentId, version }]))
    back
      .mutateAsync({ params: { sessionId }, body: { changes } })
      .then((undone) => {
        show(undone.tiles)
        notify.done(undone.skipped.length === 0 ? t('undo.done') : t('undo.skipped', { count: undone.skipped.length }))
      })
      .catch(notify.failed)
  }

  async function markOne({ studentId, fullName, version }: Tile, decision: Decision): Promise<void> {
    try {
      const tile = await one.mutateAsync({ params: { sessionId, studentId }, body: { ...decision, seen: version } })
      show([tile])
      notify.done(t('mark.done', { name: fullName, status: statusText(tile) }), () => undo([tile]))
    } catch (error) {
      lookAgain(error)
      throw error
    }
  }

  async function markAll(students: 'unmarked' | readonly Tile[], decision: Decision): Promise<void> {
    const named =
      students === 'unmarked' ? students : students.map(({ studentId, version }) => ({ studentId, seen: version }))
    const { tiles, skipped } = await many.mutateAsync({ params: { sessionId }, body: { ...decision, students: named } })
    show(tiles)
    if (skipped.length > 0) notify.done(t('bulk.skipped', { count: skipped.length }))
    if (tiles.length > 0) notify.done(t('bulk.done', { count: tiles.length }), () => undo(tiles))
  }

  return {
    markOne,
    markAll,
    /** For one tap or one key: what fails is said in a message. */
    markQuickly: (tile: Tile, decision: Decision) => void markOne(tile, decision).catch(notify.failed),
    isPending: one.isPending || many.isPending,
    error: one.error ?? many.error,
  }
}

export type Marking = ReturnType<typeof useMarking>

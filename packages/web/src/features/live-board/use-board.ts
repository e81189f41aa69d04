import { getBoard, type LiveEvent, watchBoard } from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { StreamState } from '../../api/event-stream.ts'
import { readOptions, useApi, useRead } from '../../api/use-api.tsx'
import { applyEvent } from './board-state.ts'

const FRESH_MS = 1500

/**
 * The board of a session, kept up by its events: they are written into the query cache,
 * so nothing that shows the board knows whether a mark was read or pushed.
 */
export function useBoard(sessionId: string) {
  const api = useApi()
  const cache = useQueryClient()
  const board = useRead(getBoard, { params: { sessionId } })
  const [stream, setStream] = useState<StreamState>('connecting')
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const isLoaded = board.isSuccess

  useEffect(() => {
    const { queryKey } = readOptions(api, getBoard, { params: { sessionId } })
    const known = cache.getQueryData(queryKey)
    if (!isLoaded || known === undefined) return
    const timers = new Set<ReturnType<typeof setTimeout>>()

    function showFresh(studentId: string) {
      setFresh((before) => new Set(before).add(studentId))
      timers.add(setTimeout(() => setFresh((before) => without(before, studentId)), FRESH_MS))
    }

    function onEvent(event: LiveEvent) {
      const before = cache.getQueryData(queryKey)
      if (before === undefined) return
      const after = applyEvent(before, event)
      if (after === 'stale') void cache.invalidateQueries({ queryKey })
      else cache.setQueryData(queryKey, after)
      if (event.kind === 'tile' && event.tile.status !== null && after !== before) showFresh(event.tile.studentId)
    }

    const stop = api.watch(watchBoard, { params: { sessionId }, after: known.seq, onEvent, onState: setStream })
    return () => {
      stop()
      for (const timer of timers) clearTimeout(timer)
    }
  }, [api, cache, sessionId, isLoaded])

  return { board, stream, fresh }
}

function without(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const rest = new Set(set)
  rest.delete(item)
  return rest
}

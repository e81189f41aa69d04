import { getRotatingCode, type ResultOf } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isFailure } from '../../api/failure.ts'
import { readOptions, useApi } from '../../api/use-api.tsx'

/** After the change by this much, so that the answer is the new code and not the last moment of the old one. */
const AFTER_CHANGE_MS = 60
const RETRY_MS = 1000
/** While nobody can check in there is no hurry. */
const PAUSED_MS = 3000
const TICK_MS = 250

type Code = ResultOf<typeof getRotatingCode> & { receivedAtMs: number }

/** The code to display now and the part of its time that is left, by the server's clock: the laptop's may be wrong. */
export function useRotatingCode(sessionId: string, isWanted: boolean) {
  const api = useApi()
  const { queryKey } = readOptions(api, getRotatingCode, { params: { sessionId } })
  const query = useQuery({
    queryKey: [...queryKey, 'timed'],
    queryFn: async ({ signal }): Promise<Code> => {
      const code = await api.call(getRotatingCode, { params: { sessionId }, signal })
      return { ...code, receivedAtMs: performance.now() }
    },
    enabled: isWanted,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state: { data, error } }) => {
      if (isOver(error)) return false
      if (isFailure(error, 'session-paused', 'session-not-started')) return PAUSED_MS
      if (error !== null || data === undefined) return RETRY_MS
      return Math.max(AFTER_CHANGE_MS, leftMs(data) + AFTER_CHANGE_MS)
    },
  })
  const left = useTimeLeft(query.data)
  // The server takes the previous code too, so one period past its time it is still worth showing.
  const isGood = query.data !== undefined && left > -query.data.periodMs
  return {
    code: isGood && !isOver(query.error) && !isFailure(query.error, 'session-paused') ? query.data : null,
    partLeft: query.data === undefined ? 0 : Math.min(1, Math.max(0, left / query.data.periodMs)),
    secondsLeft: Math.max(0, Math.ceil(left / 1000)),
    error: query.error,
  }
}

/** No further try makes sense. */
function isOver(error: unknown): boolean {
  return isFailure(error, 'session-closed', 'session-cancelled', 'method-not-allowed-here', 'not-allowed', 'not-found')
}

function leftMs({ changesAt, serverNow, receivedAtMs }: Code): number {
  return Date.parse(changesAt) - Date.parse(serverNow) - (performance.now() - receivedAtMs)
}

function useTimeLeft(code: Code | undefined): number {
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return code === undefined ? 0 : leftMs(code)
}

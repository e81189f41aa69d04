import { listLowAttendance, type ResultOf } from '@app/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { readKey, useApi } from '../../api/use-api.tsx'

type PageOfStudents = ResultOf<typeof listLowAttendance>

/** The pages that have been asked for; the first also says how many there are. */
export function useLowAttendance() {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: readKey(listLowAttendance),
    queryFn: ({ pageParam, signal }) =>
      api.call(listLowAttendance, { query: pageParam === null ? {} : { after: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: PageOfStudents) => next,
  })
}

import { listPeople, type ResultOf } from '@app/contract'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { readKey, useApi } from '../../api/use-api.tsx'
import type { PeopleChoice } from './choice.ts'

type PageOfPeople = ResultOf<typeof listPeople>

/** The pages that have been asked for, one after the other; those of the choice before stay until the new ones are there. */
export function usePeople(choice: PeopleChoice) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: readKey(listPeople, { query: choice }),
    queryFn: ({ pageParam, signal }) =>
      api.call(listPeople, { query: { ...choice, ...(pageParam === null ? {} : { after: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: PageOfPeople) => next,
    placeholderData: keepPreviousData,
  })
}

import { getClass, listClasses, listClassStudents, listImports } from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { readKey } from '../../api/use-api.tsx'

/** The server takes an import, and takes it back, in its own time: once it has, the lists this page knows are old. */
export function useStaleLists(state: string): void {
  const cache = useQueryClient()
  useEffect(() => {
    if (state !== 'taken' && state !== 'undone') return
    for (const route of [getClass, listClasses, listClassStudents, listImports])
      void cache.invalidateQueries({ queryKey: readKey(route) })
  }, [cache, state])
}

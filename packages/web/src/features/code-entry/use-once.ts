import { useEffect, useRef } from 'react'

/** Does something when the page has come, and not again however often React mounts it. */
export function useOnce(work: () => void): void {
  const isDone = useRef(false)
  const latest = useRef(work)
  useEffect(() => {
    if (isDone.current) return
    isDone.current = true
    latest.current()
  }, [])
}

import { useEffect, useRef } from 'react'

/** Calls once, `ms` after the component has come; not at all if it goes before. */
export function useAfter(ms: number, then: () => void): void {
  const latest = useRef(then)
  useEffect(() => {
    latest.current = then
  })
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), ms)
    return () => clearTimeout(timer)
  }, [ms])
}

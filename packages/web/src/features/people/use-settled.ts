import { useEffect, useRef } from 'react'

const QUIET_MS = 250

/** Tells what was typed once nothing more has been for a moment. */
export function useSettled(text: string, onSettled: (text: string) => void): void {
  const tell = useRef(onSettled)
  tell.current = onSettled
  useEffect(() => {
    const timer = setTimeout(() => tell.current(text), QUIET_MS)
    return () => clearTimeout(timer)
  }, [text])
}

import { useEffect } from 'react'
import type { SequenceView } from './face-sequence.ts'

/** A short tick in the hand when an action has been seen: the eyes may be shut or turned away just then. */
export function useHapticTick(view: SequenceView | null): void {
  const seen = view?.phase === 'return' && view.wasSeen ? view.progress : null
  useEffect(() => {
    if (seen !== null) navigator.vibrate?.(40)
  }, [seen])
}

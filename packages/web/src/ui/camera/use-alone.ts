import { type RefObject, useEffect } from 'react'

/** While the camera fills the screen, what lies under it can be neither clicked nor reached with the keyboard, which starts here. */
export function useAlone(screen: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    screen.current?.focus({ preventScroll: true })
    const main = screen.current?.closest('main')
    const others = [...(main?.parentElement?.children ?? [])].filter(
      (element): element is HTMLElement => element instanceof HTMLElement && element !== main && !element.inert,
    )
    for (const other of others) other.inert = true
    const scroll = document.documentElement.style.overflow
    document.documentElement.style.overflow = 'hidden'
    return () => {
      for (const other of others) other.inert = false
      document.documentElement.style.overflow = scroll
    }
  }, [screen])
}

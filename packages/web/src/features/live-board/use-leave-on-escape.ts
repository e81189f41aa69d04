import { useEffect } from 'react'

/** Esc leaves; in full screen the browser takes the key, and leaving full screen is the sign. */
export function useLeaveOnEscape(leave: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave()
    }
    const onFullScreen = () => {
      if (document.fullscreenElement === null) leave()
    }
    window.addEventListener('keydown', onKey)
    document.addEventListener('fullscreenchange', onFullScreen)
    return () => {
      window.removeEventListener('keydown', onKey)
      document.removeEventListener('fullscreenchange', onFullScreen)
      if (document.fullscreenElement !== null) void document.exitFullscreen()
    }
  }, [leave])
}

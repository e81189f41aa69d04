import { useState } from 'react'

type Coordinates = { latitude: number; longitude: number }

/** Six decimals are a tenth of a metre: no device knows more. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Asks the browser for this device's place, once a button says so. */
export function useWhereIAm(onFound: (at: Coordinates) => void) {
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle')
  return {
    isAsking: state === 'asking',
    hasFailed: state === 'failed',
    ask() {
      if (!('geolocation' in navigator)) return setState('failed')
      setState('asking')
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          setState('idle')
          onFound({ latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) })
        },
        () => setState('failed'),
        { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
      )
    },
  }
}

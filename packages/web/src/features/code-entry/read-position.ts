import type { PositionGiven } from '@app/contract'

/** Why a phone does not say where it is. */
export type PlaceProblem = 'denied' | 'unavailable' | 'insecure'

const WAIT_MS = 20_000

/** Asks the phone where it is, now and not from memory. The browser asks its owner first. */
export function readPosition(): Promise<PositionGiven | PlaceProblem> {
  if (!window.isSecureContext) return Promise.resolve('insecure')
  if (!('geolocation' in navigator)) return Promise.resolve('unavailable')
  return new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracyMetres: coords.accuracy,
          // Both by this phone's clock, so that a wrong one does no harm.
          ageMs: Math.max(0, Date.now() - timestamp),
        }),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 0 },
    ),
  )
}

/** What can show that a student is in the room: its code, the campus network, or where the phone says it is. */
export const PRESENCE_PROOFS = ['room-code', 'network', 'geofence'] as const
export type PresenceProof = (typeof PRESENCE_PROOFS)[number]

/** A circle on the map; degrees as WGS 84 has them. */
export type Geofence = { latitude: number; longitude: number; radiusMetres: number }

/** What is asked beside the face; nothing where `proofs` is empty. */
export type PresenceRule = { proofs: readonly PresenceProof[]; needs: 'any' | 'all' }

export type PresenceVerdict = {
  isProven: boolean
  /** The proofs that were asked for and shown. */
  proven: PresenceProof[]
  /** What would still help; empty once presence is proven. */
  missing: PresenceProof[]
}

/** Whether somebody is in the room, as far as the rule asks. Where nothing is asked nothing is proven. */
export function decidePresence({ proofs, needs }: PresenceRule, shown: ReadonlySet<PresenceProof>): PresenceVerdict {
  const asked = [...new Set(proofs)]
  const proven = asked.filter((proof) => shown.has(proof))
  const isProven = needs === 'all' ? asked.length > 0 && proven.length === asked.length : proven.length > 0
  return { isProven, proven, missing: isProven ? [] : asked.filter((proof) => !shown.has(proof)) }
}

/** Where a phone says it is. */
export type Position = {
  /** Degrees, WGS 84. */
  latitude: number
  longitude: number
  /** Radius around it in which the phone is with 95 % confidence, as the Geolocation API defines `accuracy`. */
  accuracyMetres: number
  /** How old the phone says the position is: by its own clock alone, so that a wrong one does no harm. */
  ageMs: number
}

/** Older ones were taken somewhere else: a minute's walk is 80 m. */
export const POSITION_MAX_AGE_MS = 60_000

/** How far beyond the fence, coarsely: all that is kept of where somebody was. */
export type DistanceBucket = 'inside' | 'within-100-m' | 'within-1-km' | 'within-10-km' | 'farther'

export type PlaceOutcome = 'inside' | 'outside' | 'inaccurate' | 'stale'

export type PlaceVerdict = {
  outcome: PlaceOutcome
  /** Null for a position that is not looked at. */
  distance: DistanceBucket | null
}

/**
 * Inside only when the whole circle of the phone's accuracy is; `inaccurate` where a better position could still say
 * so. Never does inaccuracy help anybody in.
 */
export function decidePlace(position: Position, fence: Geofence): PlaceVerdict {
  if (!(position.ageMs <= POSITION_MAX_AGE_MS)) return { outcome: 'stale', distance: null }
  const metres = metresBetween(position, fence)
  const distance = bucketOf(metres - fence.radiusMetres)
  if (metres + position.accuracyMetres <= fence.radiusMetres) return { outcome: 'inside', distance }
  const mayBeInside = metres - position.accuracyMetres <= fence.radiusMetres
  return { outcome: mayBeInside ? 'inaccurate' : 'outside', distance }
}

function bucketOf(metresBeyond: number): DistanceBucket {
  if (metresBeyond <= 0) return 'inside'
  if (metresBeyond <= 100) return 'within-100-m'
  if (metresBeyond <= 1_000) return 'within-1-km'
  return metresBeyond <= 10_000 ? 'within-10-km' : 'farther'
}

/** Mean radius of the earth (IUGG); the sphere is off by 0.5 % at most, half a metre in a hundred. */
const EARTH_RADIUS_METRES = 6_371_009

type Point = { latitude: number; longitude: number }

/** Great-circle distance by the haversine formula (Sinnott 1984), which keeps its digits for points that are close. */
export function metresBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const chord =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)))
}

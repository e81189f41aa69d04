export type AssuranceLevel = 'A' | 'B' | 'C' | 'D'

/** A face + live + presence, B face + live, C code + device, D by hand. What the closing of a session marks has none. */
export function assuranceOf(mark: {
  method: 'face' | 'code' | 'hand' | 'closing'
  presenceProven: boolean
}): AssuranceLevel | null {
  switch (mark.method) {
    case 'face':
      return mark.presenceProven ? 'A' : 'B'
    case 'code':
      return 'C'
    case 'hand':
      return 'D'
    case 'closing':
      return null
  }
}

/** What somebody held the camera with, as far as their browser says. */
export type DeviceKind = 'phone' | 'tablet' | 'computer' | 'unknown'

const KINDS: readonly [RegExp, DeviceKind][] = [
  [/\biPad\b|\bTablet\b|\bSilk\/|\bKindle\b/i, 'tablet'],
  [/\biPhone\b|\biPod\b|\bMobile\b/i, 'phone'],
  [/\bAndroid\b/, 'tablet'],
  [/\bWindows NT\b|\bMacintosh\b|\bCrOS\b|\bX11\b/, 'computer'],
]

/**
 * The kind of device a user agent claims to run on. An Android without `Mobile` is a tablet; an iPad that asks for
 * desktop pages calls itself a Macintosh and counts as a computer. For statistics only.
 */
export function deviceKindOf(userAgent: string): DeviceKind {
  return KINDS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'unknown'
}

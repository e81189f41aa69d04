import type { MarkMethod } from '@app/contract'
import { IconClockStop, IconFaceId, IconHandStop, IconQrcode } from '@tabler/icons-react'

const ICONS = { face: IconFaceId, code: IconQrcode, hand: IconHandStop, closing: IconClockStop } as const

/** How somebody was marked; the word for it stands beside it or in the label. */
export function MethodIcon({ method }: { method: MarkMethod }) {
  const Icon = ICONS[method]
  return <Icon aria-hidden size={18} stroke={1.75} />
}

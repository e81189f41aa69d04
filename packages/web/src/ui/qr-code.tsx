import { create } from 'qrcode'
import { useMemo } from 'react'

/** Modules of light around a QR, without which readers do not find it. */
const QUIET_ZONE = 4

/** A QR as one vector path: sharp on any projector and printer, dark on light in either theme. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => draw(text), [text])
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      width="100%"
      height="100%"
      role="img"
      aria-label={label}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function draw(text: string): { path: string; size: number } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { data, size } = modules
  let path = ''
  data.forEach((isDark, index) => {
    if (isDark) path += `M${(index % size) + QUIET_ZONE} ${Math.floor(index / size) + QUIET_ZONE}h1v1h-1z`
  })
  return { path, size: size + 2 * QUIET_ZONE }
}

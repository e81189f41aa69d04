import type { AttendanceStatus } from '@app/contract'

const STATUS_OF_KEY: Readonly<Record<string, AttendanceStatus>> = { p: 'present', l: 'late', e: 'excused', a: 'absent' }

/** The status that a letter marks with; null for any other key. */
export const statusOfKey = (key: string): AttendanceStatus | null => STATUS_OF_KEY[key.toLowerCase()] ?? null

type Box = { left: number; top: number }

/**
 * The place to which an arrow leads from `from` in a grid of boxes, read in rows; null where it leads nowhere.
 * @param boxes in reading order; those of one row have one `top`
 */
export function placeAfter(key: string, boxes: readonly Box[], from: number): number | null {
  const here = boxes[from]
  if (here === undefined) return null
  if (key === 'Home') return 0
  if (key === 'End') return boxes.length - 1
  if (key === 'ArrowRight') return from + 1 < boxes.length ? from + 1 : null
  if (key === 'ArrowLeft') return from > 0 ? from - 1 : null
  const rows = boxes.map(({ top }) => top)
  const wanted =
    key === 'ArrowDown'
      ? rows.find((top) => top > here.top)
      : key === 'ArrowUp'
        ? rows.findLast((top) => top < here.top)
        : undefined
  if (wanted === undefined) return null
  const inRow = boxes.flatMap((box, place) =>
    box.top === wanted ? [{ place, apart: Math.abs(box.left - here.left) }] : [],
  )
  return inRow.toSorted((a, b) => a.apart - b.apart)[0]?.place ?? null
}

/** Moves the focus between the buttons of a list of tiles; false when the key leads nowhere. */
export function moveFocus(list: HTMLElement, key: string): boolean {
  const buttons = [...list.querySelectorAll<HTMLButtonElement>('button')]
  const from = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const place = placeAfter(
    key,
    buttons.map((button) => button.getBoundingClientRect()),
    from,
  )
  if (place === null) return false
  buttons[place]?.focus()
  return true
}

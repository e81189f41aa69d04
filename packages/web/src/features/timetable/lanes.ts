/** What stands in a day: when it begins, in minutes from midnight, and how long it is. */
export type Span = { start: number; minutes: number }

/** Beside how many others something stands, and in which place from the left. */
export type Lane = { lane: number; lanes: number }

/** Places of what overlaps in time, side by side; what stands alone has the whole width. In the order given. */
export function lanesOf(spans: readonly Span[]): Lane[] {
  const order = spans.map((_, i) => i).toSorted((a, b) => at(spans, a).start - at(spans, b).start)
  const result: Lane[] = spans.map(() => ({ lane: 0, lanes: 1 }))
  let cluster: number[] = []
  let ends: number[] = []
  const close = () => {
    for (const i of cluster) at(result, i).lanes = ends.length
    cluster = []
    ends = []
  }
  for (const i of order) {
    const { start, minutes } = at(spans, i)
    if (ends.every((end) => end <= start)) close()
    const free = ends.findIndex((end) => end <= start)
    const lane = free === -1 ? ends.length : free
    ends[lane] = start + minutes
    at(result, i).lane = lane
    cluster.push(i)
  }
  close()
  return result
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`there is no ${index}`)
  return item
}

export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The full hours that a week's meetings lie in; a working day where there are none. */
export function hoursOf(spans: readonly Span[]): { first: number; last: number } {
  if (spans.length === 0) return { first: 8, last: 17 }
  const first = Math.floor(Math.min(...spans.map(({ start }) => start)) / 60)
  const last = Math.ceil(Math.max(...spans.map(({ start, minutes }) => start + minutes)) / 60)
  return { first, last: Math.max(last, first + 4) }
}

/** Letters and digits alone, in lower case: `CS-A`, `cs a` and `CSA` are one. */
export const plainKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Whoever asked for something that is not there may have meant this; null when nothing is near enough to say so. */
export function findNearMiss(asked: string, there: Iterable<string>): string | null {
  const key = plainKey(asked)
  if (key === '') return null
  const most = key.length < 4 ? 0 : key.length < 9 ? 1 : 2
  let nearest: { text: string; distance: number } | null = null
  for (const text of there) {
    const distance = editDistance(key, plainKey(text), most)
    if (distance <= most && (nearest === null || distance < nearest.distance)) nearest = { text, distance }
    if (nearest?.distance === 0) break
  }
  return nearest?.text ?? null
}

/** How many letters have to be put in, left out, changed or swapped; anything over `most` is `most + 1`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const line = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const change = (last[j - 1] ?? 0) + (isSame ? 0 : 1)
      let least = Math.min(change, (last[j] ?? 0) + 1, (line[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      line.push(least)
    }
    if (Math.min(...line) > most) return most + 1
    ;[before, last] = [last, line]
  }
  return Math.min(last[b.length] ?? 0, most + 1)
}

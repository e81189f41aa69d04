/** Lets `atOnce` through at a time; the rest wait in the order they came. Whoever has taken a turn gives it back. */
export function createTurns(atOnce: number): { take(): Promise<void>; give(): void } {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    async take() {
      if (running < atOnce) running += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
    },
    give() {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    },
  }
}

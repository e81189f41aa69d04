/** Work of this process that no request waits for; what it has not finished when the server stops is given up. */
export type Background = {
  /** `work` should look at `signal` between its steps. What it rejects with is told to `onError`. */
  run(work: (signal: AbortSignal) => Promise<void>): void
  /** Resolves when nothing runs. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export function createBackground(onError: (error: unknown) => void): Background {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  const idle = async () => {
    while (running.size > 0) await Promise.all(running)
  }
  return {
    run(work) {
      const done: Promise<void> = work(stopping.signal)
        .catch(onError)
        .finally(() => running.delete(done))
      running.add(done)
    },
    idle,
    async stop() {
      stopping.abort()
      await idle()
    },
  }
}

import type { ClientDeps } from './client.ts'

/** What the client needs of a real browser; tests hand it other things. */
export function browserDeps(): Pick<ClientDeps, 'exclusively' | 'onWake'> {
  return {
    async exclusively(work) {
      // Without the Locks API (an old browser, or no https) tabs refresh on their own.
      if (navigator.locks === undefined) return work()
      return navigator.locks.request('smart-attendance-refresh', work)
    },
    onWake(listener) {
      const whenVisible = () => {
        if (document.visibilityState === 'visible') listener()
      }
      window.addEventListener('online', listener)
      document.addEventListener('visibilitychange', whenVisible)
      return () => {
        window.removeEventListener('online', listener)
        document.removeEventListener('visibilitychange', whenVisible)
      }
    },
  }
}

/** Gives the browser a fetched file to save under its name. */
export function saveFile({ file, fileName }: { file: Blob; fileName: string }) {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

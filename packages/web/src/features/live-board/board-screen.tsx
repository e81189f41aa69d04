export function BoardScreen(_: { sessionId: string }) {
  return null
}

export function CodeEntryScreen(_: { sessionId: string }) {
  return null
}

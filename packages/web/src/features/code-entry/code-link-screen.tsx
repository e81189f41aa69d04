export function CodeLinkScreen(_: { sessionId: string; code: string }) {
  return null
}

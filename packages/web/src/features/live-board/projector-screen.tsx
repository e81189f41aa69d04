export function ProjectorScreen(_: { sessionId: string }) {
  return null
}

export function CheckInScreen(_: { sessionId: string }) {
  return null
}

export function StudentHomeScreen() {
  return null
}

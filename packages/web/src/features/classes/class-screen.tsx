export function ClassScreen(_: {
  classId: string
  tab: string
  onTab: (tab: 'students' | 'sessions' | 'report') => void
}) {
  return null
}

export { listMarksOfStudent } from './student.store.ts'
export { listOpenSessionsOf, summariseSubjects } from './student-home.ts'

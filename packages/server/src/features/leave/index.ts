export { listStudentsOnLeave } from './leave.store.ts'

export { requireManagesClass, requireSeesClass, requireStudentOf, requireTeaches } from './class-access.ts'
export { requireClassInUse } from './class-parts.ts'
export {
  findStudentForSession,
  type ListedStudent,
  listStudentsForSession,
} from './members.ts'
export { findStays, listAttendedClasses, lockClassLists, putStays } from './stays.store.ts'
export { findInvitedStudents } from './students.store.ts'
export { tellBoards } from './tell-boards.ts'

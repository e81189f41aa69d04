export { requireManagesClass, requireSeesClass, requireStudentOf, requireTeaches } from './class-access.ts'
export { requireClassInUse } from './class-parts.ts'
export { lockImports as lockClassLists } from './import-students.store.ts'
export {
  findStudentForSession,
  type ListedStudent,
  listStudentsForSession,
} from './members.ts'
export { putStays } from './stays.store.ts'
export { findInvitedStudents } from './students.store.ts'

export { requireManagesClass, requireSeesClass, requireStudentOf, requireTeaches } from './class-access.ts'
export {
  findStudentForSession,
  type ListedMember,
  type ListedStudent,
  listMembers,
  listStudentsForSession,
} from './members.ts'

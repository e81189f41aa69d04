export { requireManagesClass, requireSeesClass, requireStudentOf, requireTeaches } from './class-access.ts'
export { type ListedMember, type ListedStudent, listMembers, listStudentsForSession } from './members.ts'

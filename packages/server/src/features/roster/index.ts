export { requireManagesClass, requireStudentOf, requireTeaches } from './class-access.ts'

export { listStudentsOf } from './guardians.store.ts'

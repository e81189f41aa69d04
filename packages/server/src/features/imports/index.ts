export { startImports } from './take-import.ts'

export { createDataKey, type DataVault, openDataVault, opensDataKeys } from './data-keys.ts'
export { getInstitution, insertInstitution, listInstallation } from './institutions.ts'

export { createDataKey, type DataVault, openDataVault } from './data-keys.ts'
export { getInstitution, insertInstitution, listInstallation } from './institutions.ts'

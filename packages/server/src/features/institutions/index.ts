export { createDataKey, type DataVault, openDataVault } from './data-keys.ts'
export { getInstitution, type Institution, insertInstitution, listInstallation } from './institutions.store.ts'

export { createDataKey, type DataVault, openDataVault, opensDataKeys } from './data-keys.ts'
export { getClassPolicy, getInstitution, insertInstitution, listInstallation } from './institutions.ts'
export { requireLocale, requireTimeZone } from './place.ts'

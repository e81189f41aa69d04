export { findLastRoots } from './session-roots.ts'
export { type AuditVerdict, type ChainBreak, type KnownLink, verifyAudit } from './verify-chain.ts'

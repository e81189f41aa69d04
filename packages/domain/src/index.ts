export * from './challenge.ts'
export * from './face-evidence.ts'
export * from './thresholds.ts'
export * from './verdict.ts'

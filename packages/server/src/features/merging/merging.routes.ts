import { mergeStudents as mergeRoute, previewMerge as previewRoute } from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { type MergeDeps, mergeStudents, previewMerge } from './merge.ts'

export function installMerging(register: Register, deps: MergeDeps): void {
  register.json(previewRoute, ({ actor, params, query }) => previewMerge(deps, { actor, ...params, ...query }))
  register.json(mergeRoute, async ({ actor, params, body }) => {
    await mergeStudents(deps, { actor, ...params, ...body })
    return { done: true as const }
  })
}

import * as routes from '@app/contract'
import type { Register } from '../../platform/http/register.ts'
import { getPhotoBatch, listPhotoItems } from './looking.ts'
import { type PhotoDeps, startPhotoBatch } from './reading.ts'
import { discardPhotoBatch, takePhotoBatch } from './taking.ts'

export function installPhotoEnrolment(register: Register, deps: PhotoDeps): void {
  register.json(routes.startPhotoBatch, ({ actor, file }) => startPhotoBatch(deps, { actor, bytes: file.bytes }))
  register.json(routes.getPhotoBatch, ({ actor, params }) => getPhotoBatch(deps, { actor, ...params }))
  register.json(routes.listPhotoItems, ({ actor, params, query }) =>
    listPhotoItems(deps, { actor, ...params, ...query }),
  )
  register.json(routes.takePhotoBatch, ({ actor, params }) => takePhotoBatch(deps, { actor, ...params }))
  register.json(routes.discardPhotoBatch, async ({ actor, params }) => {
    await discardPhotoBatch(deps, { actor, ...params })
    return { done: true as const }
  })
}

import { randomUUID } from 'node:crypto'
import { type AccessRow, admins, only } from './access-outcomes.ts'
import type { AccessWorld } from './access-world.ts'

async function aBatch({ app, actors }: AccessWorld): Promise<string> {
  const id = randomUUID()
  await app.db.inInstitution(actors.admin.institutionId, (tx) =>
    tx
      .insertInto('photo_batches')
      .values({
        institution_id: actors.admin.institutionId,
        id,
        created_at: app.clock.now(),
        created_by: actors.admin.id,
        photos: 1,
        touched_at: app.clock.now(),
      })
      .execute(),
  )
  return id
}

const ownBatch = (outcome: 'ok' | 'photo-enrolment-off') =>
  only({
    admin: outcome,
    otherAdmin: outcome === 'ok' ? 'not-found' : outcome,
    stranger: outcome === 'ok' ? 'not-found' : outcome,
  })
const ofBatch = async (world: AccessWorld) => ({ params: { batchId: await aBatch(world) } })

/** Who may enrol others from photos: admins, where the policy allows it. */
export const ACCESS_PHOTOS: Record<string, AccessRow> = {
  startPhotoBatch: {
    expected: admins('photo-enrolment-off'),
    ask: async () => ({ file: { bytes: Buffer.from('PK') } }),
  },
  getPhotoBatch: { expected: ownBatch('ok'), ask: ofBatch },
  listPhotoItems: { expected: ownBatch('ok'), ask: async (world) => ({ ...(await ofBatch(world)), query: {} }) },
  takePhotoBatch: { expected: ownBatch('photo-enrolment-off'), ask: ofBatch },
  discardPhotoBatch: { expected: ownBatch('ok'), ask: ofBatch },
}

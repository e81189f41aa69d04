import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Instant, QualityReason } from './fields.ts'

export const PHOTO_ZIP_MAX_BYTES = 100 * 1024 * 1024
export const PHOTO_ZIP_MAX_PHOTOS = 1000

/** What became of one photo of a batch; only `ready` ones become templates. */
export const PhotoOutcome = z.enum([
  ...QualityReason.options,
  'ready',
  'taken',
  'unreadable',
  'no-student',
  'no-consent',
  'enrolled-already',
  'enrolment-held',
  'twice',
  'looks-like',
])
export type PhotoOutcome = z.infer<typeof PhotoOutcome>

export const PhotoBatch = z.object({
  id: z.uuid(),
  createdAt: Instant,
  photos: z.number().int(),
  /** How many have been read so far. */
  read: z.number().int(),
  /** `interrupted`: the server stopped while it read; the zip has to be sent again. */
  state: z.enum(['reading', 'interrupted', 'read', 'taken']),
  counts: z.array(z.object({ outcome: PhotoOutcome, count: z.number().int() })),
})
export type PhotoBatch = z.infer<typeof PhotoBatch>

export const PhotoItem = z.object({
  place: z.number().int(),
  fileName: z.string(),
  student: z.object({ personId: z.uuid(), fullName: z.string(), rollNo: z.string().nullable() }).nullable(),
  outcome: PhotoOutcome,
  /** For `looks-like`: whose face it is already. */
  looksLike: z.string().nullable(),
  /** A small picture of the face as a data URI; null where none was found. */
  thumbnail: z.string().nullable(),
})
export type PhotoItem = z.infer<typeof PhotoItem>

const BatchParams = z.object({ batchId: z.uuid() })

export const startPhotoBatch = defineRoute({
  method: 'POST',
  path: '/api/photo-batches',
  summary: 'Read a zip of photos named by roll number; nobody is enrolled yet, and the photos are not kept',
  access: ['admin'],
  file: { field: 'file', maxBytes: PHOTO_ZIP_MAX_BYTES, description: 'a zip of JPEG, PNG or WebP photos' },
  response: PhotoBatch,
  errors: ['photo-enrolment-off', 'file-unreadable', 'file-empty', 'photos-too-many', 'too-large', 'wrong-media-type'],
})

export const getPhotoBatch = defineRoute({
  method: 'GET',
  path: '/api/photo-batches/:batchId',
  summary: 'How far a batch has been read, and what became of its photos',
  access: ['admin'],
  params: BatchParams,
  response: PhotoBatch,
  errors: [],
})

export const listPhotoItems = defineRoute({
  method: 'GET',
  path: '/api/photo-batches/:batchId/photos',
  summary: 'The photos of a batch, fifty at a time, those with a problem first',
  access: ['admin'],
  params: BatchParams,
  query: z.object({ page: z.coerce.number().int().min(0).max(100).default(0) }),
  response: z.object({ items: z.array(PhotoItem), isLast: z.boolean() }),
  errors: [],
})

export const takePhotoBatch = defineRoute({
  method: 'POST',
  path: '/api/photo-batches/:batchId/take',
  summary: 'Make the good photos templates, unverified until a live check-in confirms each',
  access: ['admin'],
  params: BatchParams,
  response: PhotoBatch,
  errors: ['photo-enrolment-off', 'already-done', 'photos-not-read'],
})

export const discardPhotoBatch = defineRoute({
  method: 'DELETE',
  path: '/api/photo-batches/:batchId',
  summary: 'Throw a batch away, also while it is read; templates that were made of it stay',
  access: ['admin'],
  params: BatchParams,
  response: Done,
  errors: [],
})

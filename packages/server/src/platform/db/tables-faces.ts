import type { PhotoOutcome } from '@app/contract'
import type { Action, FaceRefusal, FlashColour } from '@app/domain'
import type { Generated } from 'kysely'

/** Faces: consent, templates, challenges and attempts. Columns are snake_case here and nowhere else but in the stores. */
export type FaceTables = {
  consents: {
    institution_id: string
    id: string
    person_id: string
    notice_version: string
    given_at: Date
    given_by: string
    withdrawn_at: Date | null
  }
  face_templates: {
    institution_id: string
    id: string
    person_id: string
    model: string
    key_version: number
    sealed: Buffer
    frames: number
    created_at: Date
    /** Null while it was made of a photo and no live check-in has confirmed it. */
    verified_at: Generated<Date | null>
  }
  enrolment_holds: {
    institution_id: string
    id: string
    person_id: string
    looks_like_id: string
    model: string
    key_version: number
    sealed: Buffer | null
    frames: number
    created_at: Date
    decided_at: Date | null
    decided_by: string | null
    decision: 'accept' | 'discard' | 'withdrawn' | null
  }
  photo_batches: {
    institution_id: string
    id: string
    created_at: Date
    created_by: string
    photos: number
    touched_at: Date
    read_to_end: Generated<boolean>
    taken_at: Generated<Date | null>
  }
  photo_batch_items: {
    institution_id: string
    batch_id: string
    place: number
    file_name: string
    person_id: string | null
    outcome: PhotoOutcome
    looks_like_id: string | null
    model: string | null
    key_version: number | null
    sealed: Buffer | null
    sealed_thumbnail: Buffer | null
  }
  challenges: {
    institution_id: string
    id: string
    purpose: 'check-in' | 'enrolment'
    person_id: string
    login_id: string
    session_id: string | null
    actions: Action[]
    colours: FlashColour[] | null
    created_at: Date
    expires_at: Date
    spent_at: Date | null
    settled_at: Date | null
  }
  attempts: {
    institution_id: string
    id: string
    challenge_id: string
    person_id: string
    session_id: string | null
    at: Date
    outcome: 'accepted' | 'held' | 'refused'
    because: FaceRefusal['because'] | null
    action: Action | null
    camera_label: string
    device_kind: 'phone' | 'tablet' | 'computer' | 'unknown'
    light: 'dim' | 'normal' | 'bright' | 'unknown'
  }
  frame_hashes: {
    institution_id: string
    challenge_id: string
    person_id: string
    at: Date
    hashes: string[]
    marks: string[]
  }
  session_faces: {
    institution_id: string
    session_id: string
    person_id: string
    model: string
    key_version: number
    sealed: Buffer
    at: Date
  }
  face_conflicts: {
    institution_id: string
    id: string
    session_id: string
    first_id: string
    second_id: string
    at: Date
    decided_at: Generated<Date | null>
    decided_by: Generated<string | null>
    decision: Generated<'both' | 'first' | 'second' | 'neither' | null>
  }
  twins: {
    institution_id: string
    first_id: string
    second_id: string
    declared_at: Date
    declared_by: string
  }
}

import type { AssuranceLevel, DistanceBucket, PlaceOutcome, PresenceProof } from '@app/domain'
import type { Generated } from 'kysely'

/** Sessions, marks, and what stands around them. Columns are snake_case here and nowhere else but in the stores. */
export type SessionTables = {
  sessions: {
    institution_id: string
    id: string
    class_id: string
    opens_at: Date
    late_after: Date
    closes_at: Date
    ended_at: Generated<Date | null>
    methods: ('face' | 'code')[]
    /** Null while it is only planned. */
    started_at: Generated<Date | null>
    started_by: Generated<string | null>
    planned_by: Generated<string | null>
    planned_opens_at: Generated<Date | null>
    planned_closes_at: Generated<Date | null>
    slot_id: Generated<string | null>
    slot_date: Generated<string | null>
    room: Generated<string | null>
    paused_at: Generated<Date | null>
    cancelled_at: Generated<Date | null>
    cancelled_by: Generated<string | null>
    cancelled_because: Generated<string | null>
    code_seconds: Generated<number>
    assurance: Generated<AssuranceLevel>
    presence_proofs: Generated<PresenceProof[]>
    presence_needs: Generated<'any' | 'all'>
    spot_check_at: Generated<Date | null>
    replanned_at: Generated<Date | null>
    withdrawn: Generated<boolean>
    /** bigint; Kysely hands it over as a string. */
    event_seq: Generated<string>
  }
  records: {
    institution_id: string
    session_id: string
    student_id: string
    status: 'present' | 'late' | 'excused' | 'absent'
    method: 'face' | 'code' | 'hand' | 'closing'
    assurance: 'A' | 'B' | 'C' | 'D' | null
    marked_at: Date
    marked_by: string | null
    reason: string | null
    presence: Generated<PresenceProof[]>
    custom_status_id: Generated<string | null>
    note: Generated<string | null>
    /** bigint; handed over as a string. */
    version: Generated<string>
    held_at: Generated<Date | null>
  }
  presence_proofs: {
    institution_id: string
    challenge_id: string
    proof: 'room-code' | 'geofence'
    is_proven: boolean
    place: PlaceOutcome | null
    distance: DistanceBucket | null
    session_id: string
    person_id: string
    /** bigint; Kysely hands it over as a string. */
    code_counter: string | null
    at: Date
  }
  statuses: {
    institution_id: string
    id: string
    name: string
    base: 'present' | 'late' | 'excused' | 'absent'
    /** numeric; handed over as a string. */
    weight: string | null
    archived_at: Generated<Date | null>
    created_at: Date
  }
  session_unlocks: {
    institution_id: string
    id: string
    session_id: string
    unlocked_at: Date
    unlocked_by: string
    until: Date
    reason: string
  }
  session_guests: {
    institution_id: string
    id: string
    session_id: string
    full_name: string
    note: string | null
    added_at: Date
    added_by: string
    matched_id: Generated<string | null>
    matched_at: Generated<Date | null>
    matched_by: Generated<string | null>
  }
  spot_checks: {
    institution_id: string
    id: string
    session_id: string
    student_id: string
    asked_at: Date
    asked_by: string | null
    due_at: Date
    answered_at: Generated<Date | null>
    answer: Generated<'face' | 'code' | 'teacher' | null>
    answered_by: Generated<string | null>
  }
  correction_requests: {
    institution_id: string
    id: string
    session_id: string
    student_id: string
    wanted: 'present' | 'late' | 'excused'
    reason: string
    asked_at: Date
    answered_at: Generated<Date | null>
    answered_by: Generated<string | null>
    answer: Generated<'granted' | 'declined' | 'withdrawn' | null>
    note: Generated<string | null>
  }
  leave_requests: {
    institution_id: string
    id: string
    student_id: string
    from_day: string
    until_day: string
    reason: string
    asked_at: Date
    withdrawn_at: Generated<Date | null>
  }
  leave_classes: {
    institution_id: string
    leave_id: string
    class_id: string
    answered_at: Generated<Date | null>
    answered_by: Generated<string | null>
    answer: Generated<'granted' | 'declined' | null>
    note: Generated<string | null>
  }
  request_files: {
    institution_id: string
    id: string
    correction_id: string | null
    leave_id: string | null
    kind: 'jpeg' | 'png' | 'webp' | 'pdf'
    bytes: number
    added_at: Date
  }
  session_events: { institution_id: string; session_id: string; seq: string; event: unknown; at: Date }
  audit_log: {
    institution_id: string
    id: Generated<string>
    at: Date
    actor_id: string | null
    action: string
    subject_id: string | null
    session_id: string | null
    old_value: unknown
    new_value: unknown
    reason: string | null
    salt: Generated<string>
  }
  /** Written by the database alone, at the commit. */
  audit_chain: { institution_id: string; seq: string; audit_id: string; leaf: Buffer; hash: Buffer }
  audit_heads: { institution_id: string; seq: string; hash: Buffer }
}

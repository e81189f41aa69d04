import type { PhotoOutcome } from '@app/contract'
import type {
  Action,
  AssuranceLevel,
  DistanceBucket,
  FaceRefusal,
  FlashColour,
  PlaceOutcome,
  PresenceProof,
} from '@app/domain'
import type { Generated, GeneratedAlways } from 'kysely'

/** The tables as Kysely sees them; columns are snake_case here and nowhere else but in the stores. */
export type Schema = {
  institutions: {
    id: string
    name: string
    time_zone: string
    locale: Generated<string>
    is_demo: Generated<boolean>
    week_start: Generated<number>
    policy: Generated<unknown>
    disabled_at: Generated<Date | null>
    created_at: Date
  }
  institution_keys: { institution_id: string; version: number; wrapped_key: Buffer; created_at: Date }
  people: {
    institution_id: string
    id: string
    full_name: string
    email: string | null
    phone: string | null
    roll_no: string | null
    batch: string | null
    department: string | null
    status: 'invited' | 'awaiting-approval' | 'active' | 'disabled'
    password_hash: string | null
    may_enrol_again: Generated<boolean>
    enrolled_once: Generated<boolean>
    cannot_do: Generated<Action[]>
    avoids_flashes: Generated<boolean>
    merged_into: Generated<string | null>
    sort_name: GeneratedAlways<string>
    sort_roll_no: GeneratedAlways<string>
    search_text: GeneratedAlways<string>
    created_at: Date
  }
  person_roles: {
    institution_id: string
    person_id: string
    role: 'owner' | 'admin' | 'teacher' | 'student' | 'guardian'
  }
  invites: {
    institution_id: string
    id: string
    person_id: string
    token_hash: Buffer
    created_at: Date
    created_by: string | null
    expires_at: Date
    used_at: Date | null
    revoked_at: Date | null
  }
  logins: {
    institution_id: string
    id: string
    person_id: string
    device: string
    started_at: Date
    last_used_at: Date
    ended_at: Date | null
    ended_because: 'signed-out' | 'ended-by-person' | 'password-changed' | 'token-reused' | 'disabled' | null
  }
  refresh_tokens: {
    institution_id: string
    token_hash: Buffer
    login_id: string
    issued_at: Date
    expires_at: Date
    spent_at: Date | null
  }
  terms: {
    institution_id: string
    id: string
    name: string
    /** Days are handed over as `YYYY-MM-DD`, never as points in time. */
    starts_on: string
    ends_on: string
    archived_at: Date | null
    created_at: Date
  }
  holidays: {
    institution_id: string
    id: string
    name: string
    starts_on: string
    ends_on: string
    created_at: Date
  }
  departments: { institution_id: string; id: string; name: string; archived_at: Date | null; created_at: Date }
  subjects: {
    institution_id: string
    id: string
    code: string
    name: string
    department_id: Generated<string | null>
    archived_at: Generated<Date | null>
    created_at: Date
  }
  classes: {
    institution_id: string
    id: string
    subject_id: string
    name: string
    term_id: Generated<string | null>
    room: Generated<string | null>
    archived_at: Generated<Date | null>
    policy: Generated<unknown>
    created_at: Date
  }
  timetable_slots: {
    institution_id: string
    id: string
    class_id: string
    /** 1 Monday to 7 Sunday. */
    weekday: number
    /** `HH:MM:SS` in the institution's time zone. */
    starts_at: string
    minutes: number
    room: string | null
    valid_from: string
    valid_until: string
    created_at: Date
  }
  timetable_exceptions: {
    institution_id: string
    slot_id: string
    on_date: string
    kind: 'cancelled' | 'moved'
    moved_to: string | null
    starts_at: string | null
    minutes: number | null
    room: string | null
    reason: string | null
    created_at: Date
    created_by: string
  }
  guardianships: {
    institution_id: string
    guardian_id: string
    student_id: string
    created_at: Date
    created_by: string
  }
  class_teachers: { institution_id: string; class_id: string; person_id: string }
  class_students: {
    institution_id: string
    class_id: string
    person_id: string
    joined_at: Date
    left_at: Date | null
  }
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
  twins: {
    institution_id: string
    first_id: string
    second_id: string
    declared_at: Date
    declared_by: string
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
  imports: {
    institution_id: string
    id: string
    file_name: string
    kind: 'students' | 'teachers' | 'classes' | 'enrolments' | 'oneroster' | null
    class_id: string | null
    state: 'reading' | 'unmapped' | 'ready' | 'taking' | 'taken' | 'undone'
    header_n: Generated<number>
    titles: Generated<unknown>
    mapping: Generated<unknown>
    ignored: Generated<unknown>
    counts: Generated<unknown>
    made: Generated<unknown>
    progress_done: Generated<number>
    progress_total: Generated<number>
    progress_at: Generated<Date | null>
    cancel_asked: Generated<boolean>
    failed_because: Generated<'cancelled' | 'interrupted' | 'not-allowed' | 'broken' | null>
    differing: Generated<number>
    created_at: Date
    created_by: string
    taken_at: Generated<Date | null>
    taken_by: Generated<string | null>
    undone_at: Generated<Date | null>
    undone_by: Generated<string | null>
    purged_at: Generated<Date | null>
  }
  import_rows: {
    institution_id: string
    import_id: string
    n: number
    section: 'terms' | 'teachers' | 'students' | 'classes' | 'enrolments' | null
    row: number
    part: string
    cells: unknown
    outcome: 'new' | 'changed' | 'same' | 'error' | null
    target_id: string | null
    values: unknown
    changes: Generated<unknown>
    kept: unknown
    problems: Generated<unknown>
    keys: Generated<string[]>
    differs: Generated<boolean>
  }
  import_mappings: {
    institution_id: string
    header_key: Buffer
    kind: string
    mapping: unknown
    saved_at: Date
  }
  throttles: { key_hash: Buffer; count: number; first_at: Date; blocked_until: Date | null }
}

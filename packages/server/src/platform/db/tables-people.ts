import type { Action } from '@app/domain'
import type { Generated, GeneratedAlways } from 'kysely'

/** Institutions, their people, and how they sign in. Columns are snake_case here and nowhere else but in the stores. */
export type PeopleTables = {
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
  guardianships: {
    institution_id: string
    guardian_id: string
    student_id: string
    created_at: Date
    created_by: string
  }
  invites: {
    institution_id: string
    id: string
    person_id: string
    token_hash: Buffer
    code_hash: Generated<Buffer | null>
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
  throttles: { key_hash: Buffer; count: number; first_at: Date; blocked_until: Date | null }
  imports: {
    institution_id: string
    id: string
    file_name: string
    kind: 'students' | 'teachers' | 'classes' | 'enrolments' | 'oneroster' | null
    class_id: string | null
    state: 'reading' | 'unmapped' | 'ready' | 'taking' | 'taken' | 'undoing' | 'undone'
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
    failed_because: Generated<'cancelled' | 'interrupted' | 'not-allowed' | 'in-use' | 'broken' | null>
    differing: Generated<number>
    created_at: Date
    created_by: string
    taken_at: Generated<Date | null>
    taken_by: Generated<string | null>
    undone_at: Generated<Date | null>
    undone_by: Generated<string | null>
    obstacles: Generated<unknown>
    obstacle_count: Generated<number>
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
}

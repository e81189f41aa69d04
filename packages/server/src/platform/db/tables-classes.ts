import type { Generated } from 'kysely'

/** What is taught, to whom, and when. Columns are snake_case here and nowhere else but in the stores. */
export type ClassTables = {
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
  class_teachers: { institution_id: string; class_id: string; person_id: string }
  class_students: {
    institution_id: string
    class_id: string
    person_id: string
    joined_at: Date
    left_at: Date | null
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
}

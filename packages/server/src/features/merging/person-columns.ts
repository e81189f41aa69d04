/**
 * Every column of the database that refers to a person, and what a merge of two students does with it. A column that is
 * added anywhere has to be named here: a test reads the catalogue and fails until somebody has decided.
 * - `moves`: what was the one's is the other's.
 * - `own-rule`: two of them could be in each other's way; `merge.ts` says what becomes of them.
 * - `stays`: who did something, and when; it was done under that account, whose row goes on and names the other.
 * - `nobody`: looks like a person, and is none.
 */
export const PERSON_COLUMNS: Record<string, 'moves' | 'own-rule' | 'stays' | 'nobody'> = {
  'attempts.person_id': 'moves',
  'enrolment_holds.looks_like_id': 'moves',
  'enrolment_holds.person_id': 'moves',
  'leave_requests.student_id': 'moves',
  'people.merged_into': 'moves',
  'photo_batch_items.looks_like_id': 'moves',
  'photo_batch_items.person_id': 'moves',
  'session_guests.matched_id': 'moves',
  'spot_checks.student_id': 'moves',

  'class_students.person_id': 'own-rule',
  'consents.person_id': 'own-rule',
  'correction_requests.student_id': 'own-rule',
  'face_conflicts.first_id': 'own-rule',
  'face_conflicts.second_id': 'own-rule',
  'face_templates.person_id': 'own-rule',
  'guardianships.student_id': 'own-rule',
  'invites.person_id': 'own-rule',
  'logins.person_id': 'own-rule',
  'person_roles.person_id': 'own-rule',
  'records.student_id': 'own-rule',
  'session_faces.person_id': 'own-rule',
  'twins.first_id': 'own-rule',
  'twins.second_id': 'own-rule',

  'audit_log.actor_id': 'stays',
  'audit_log.subject_id': 'stays',
  'consents.given_by': 'stays',
  'correction_requests.answered_by': 'stays',
  'enrolment_holds.decided_by': 'stays',
  'face_conflicts.decided_by': 'stays',
  'guardianships.created_by': 'stays',
  // What a row of a file was about when it was taken.
  'import_rows.target_id': 'stays',
  'imports.created_by': 'stays',
  'imports.taken_by': 'stays',
  'imports.undone_by': 'stays',
  'invites.created_by': 'stays',
  'leave_classes.answered_by': 'stays',
  'photo_batches.created_by': 'stays',
  'records.marked_by': 'stays',
  'session_guests.added_by': 'stays',
  'session_guests.matched_by': 'stays',
  'session_unlocks.unlocked_by': 'stays',
  'sessions.cancelled_by': 'stays',
  'sessions.planned_by': 'stays',
  'sessions.started_by': 'stays',
  'spot_checks.answered_by': 'stays',
  'spot_checks.asked_by': 'stays',
  'timetable_exceptions.created_by': 'stays',
  'twins.declared_by': 'stays',
  // Of a challenge that is spent or void: what was shown for it was shown under that account, and is gone within days.
  'challenges.person_id': 'stays',
  'frame_hashes.person_id': 'stays',
  'presence_proofs.person_id': 'stays',
  // Only students who are nothing else are merged.
  'class_teachers.person_id': 'stays',
  'guardianships.guardian_id': 'stays',

  'audit_log.salt': 'nobody',
  'audit_log.session_id': 'nobody',
}

import type { FailureCode } from '../../../api/failure.ts'
import type { sentences as errors } from './errors.ts'

/**
 * The errors of pages beyond signing in and checking in, loaded with those pages. A code of the contract without its
 * sentence here or in `errors.ts` does not compile.
 */
export const sentences = {
  // people and institutions
  'roll-no-taken': 'Someone here has this roll number already. Use another, or find the person in the list.',
  'last-admin': 'This is the only administrator left. Make someone else an administrator first.',
  'still-teaches': 'This person still teaches classes. Hand their classes over first.',
  'still-in-class': 'This person is still a student of a class. Take them out of it first.',
  'too-many-people': 'These are more people than can be taken at once. Narrow the filter and do it in parts.',
  'own-institution': 'This is your own institution. It cannot be disabled, or you could not sign in to enable it.',
  // roster and import
  'class-name-taken': 'There is a class with this name in this subject. Choose another name.',
  'file-unreadable': 'The file could not be read. Save it again as .xlsx or .csv, then choose it again.',
  'file-too-many-rows': 'The file has more than 50,000 rows. Split it and import the parts one after the other.',
  'file-empty': 'The file has no rows below its header. Fill it in, then choose it again.',
  'file-no-users':
    'This zip holds no OneRoster tables. Export users, classes and enrollments as CSV, then choose it again.',
  'import-columns-missing': 'Some columns are still needed, or one is chosen twice. Look at the choices again.',
  'import-undo-over': 'This import is too old to be undone. Change what is wrong by hand, or by another import.',
  // structure and timetable
  'term-name-taken': 'There is a term with this name already. Choose another name.',
  'department-name-taken': 'There is a department with this name already. Choose another name.',
  'subject-code-taken': 'There is a subject with this code already. Use that one, or choose another code.',
  'still-in-use': 'Something still refers to this. Archive it instead of deleting it.',
  'class-archived': 'This class is archived. Bring it back first.',
  'class-has-open-session': 'A session is still open. End it first, then archive.',
  'no-meeting-then': 'The class does not meet on that day. Reload the page and choose a meeting.',
  'not-students-only': 'Only two students who hold no other role can be merged. Take the other role away first.',
  'faces-differ': 'Both have a face set up. Say which one stays.',
  'day-in-future': 'That day has not come yet. Choose today or an earlier day.',
  // sessions and marking
  'changed-meanwhile': 'The mark has changed since you opened it. Look at it again, then decide.',
  'session-not-ended': 'This session is still open. Speak to your teacher, or ask once it has ended.',
  'request-open-already': 'You have asked about this session already. Wait for the answer, or take that request back.',
  'photo-enrolment-off': 'Photos do not enrol anybody here. An administrator turns that on in the policy.',
  'photos-too-many': 'A zip holds up to 1,000 photos. Send several, one after the other.',
  'photos-not-read': 'The photos are still being read. Wait until they are, then take them.',
  'own-request': 'Nobody answers their own request. Ask another teacher or an administrator.',
  'leave-days': 'Leave begins today or later, ends after it begins, and lies within the next 400 days. Check the days.',
  'files-too-many': 'Three files go with a request. Put several pages into one PDF.',
  'marks-locked': 'The marks of this session are locked. Ask an administrator to unlock them.',
  'not-locked': 'The marks of this session are not locked: its teachers can change them.',
  'status-name-taken': 'There is a status of that name already. Choose another name.',
  'no-such-student': 'No student has this roll number. Check it and try again.',
  'session-open-already': 'This class has an open session already. Open it, or end it first.',
  'policy-late-after-end': 'A session would be late only after it has closed. Make sessions longer, or late earlier.',
  'policy-network-missing': 'The campus network is asked for, but nobody has said which it is. Add its subnets.',
  'policy-geofence-missing': 'A place is asked for, but nobody has said where it is. Add the place and its radius.',
  'policy-assurance-needs-presence':
    'Level A needs a proof of being in the room. Ask for the room’s code, the network or the place, or demand level B.',
  'policy-assurance-needs-face': 'Levels A and B need a face. Allow marking by face, or demand level C or D.',
  'policy-breaks-class': 'One class has decided otherwise, and this would contradict it. Change that class first.',
  // audit
  'export-too-large': 'These are more lines than one file takes. Narrow the dates and do it in parts.',
  // a session's life
  'start-too-early': 'It is too early to start this session. Change its time first, or start a new one.',
  'start-too-late': 'This session was planned too long ago to be started. Start a new one.',
  'restore-too-late': 'The class has another session by now. This one stays cancelled.',
  'reopen-too-late': 'The marks of this session are locked. An administrator can unlock them or open it again.',
  'plan-in-the-past': 'That time is over. Choose a time to come.',
  'plan-overlaps': 'This class has another session at that time. Choose another time, or cancel the other one.',
} as const satisfies Record<Exclude<FailureCode, keyof typeof errors>, string>

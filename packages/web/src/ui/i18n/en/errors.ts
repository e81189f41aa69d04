import type { FailureCode } from '../../../api/failure.ts'

/** What happened, then what to do. A code of the contract without its sentence does not compile. */
export const sentences = {
  // this side of the wire
  offline: 'There is no connection to the server. Check your network, then try again.',
  cancelled: 'This was cancelled. Nothing was changed.',
  'unreadable-reply': 'The server’s answer could not be read. Reload the page, then try again.',
  // any route
  'bad-input': 'Something in the form is not right. Check the marked fields.',
  'not-signed-in': 'You are not signed in. Sign in to go on.',
  'wrong-credentials': 'That name and password do not match. Check both and try again.',
  'sign-in-ended': 'Your sign-in has ended. Sign in again to go on.',
  'not-allowed': 'This is not open to you. Ask the person who runs the class or the institution.',
  'not-found': 'We could not find this. It may have been removed, or the address is incomplete.',
  'already-done': 'This has been done already. Reload the page to see how it stands.',
  'too-large': 'This is too large to send. Choose a smaller file.',
  'wrong-media-type': 'This kind of file cannot be read. Use an .xlsx or .csv file.',
  'too-many-attempts': 'There were too many tries. Wait a moment, then try again.',
  broken: 'Something went wrong on our side. Try again; if it stays like this, tell the administrator.',
  'database-unavailable': 'The server is not available at the moment. Try again in a minute.',
  // accounts
  'set-up-link-invalid': 'This set-up link has been used or is not complete. Restart the server to print a new one.',
  'invite-invalid': 'This invite has been used, has expired, or is not complete. Ask your teacher for a new one.',
  'choose-institution': 'Your name and password are known in more than one institution. Choose one.',
  'wrong-current-password': 'The current password is not right. Type it again.',
  'password-too-common': 'This password is one of the first that others would guess. Choose another.',
  'email-taken': 'Someone here has this e-mail address already. Use another, or find the person in the list.',
  'awaiting-approval': 'Your account waits for approval. An administrator has been told; try again later.',
  'sign-up-closed': 'This institution does not take sign-ups. Ask its administrator for an invite.',
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
  'file-no-header': 'The first row does not name the columns. Download the template and copy your list into it.',
  'file-empty': 'The file has no rows below its header. Add the students, then choose it again.',
  // sessions and marking
  'session-closed': 'This session has ended. Only its teacher can change a mark now.',
  'session-open-already': 'This class has an open session already. Open it, or end it first.',
  'not-in-class': 'This session is of another class. Its teacher can add the student to the list.',
  'method-not-allowed-here': 'This session is not marked in this way. Use the other way that is offered.',
  'code-wrong': 'This is not the code on the screen. Look again and type the one that is shown now.',
  'code-expired': 'The code has changed in the meantime. Type or scan the one that is shown now.',
  'face-needed':
    'This class asks for your face, the code alone is not enough. Check in by face, or ask your teacher to mark you.',
  'presence-needed':
    'This class asks you to show that you are in the room as well as your face. Do that first, then try again.',
  'code-spent': 'You have used this code already. Wait for the next one and enter that.',
  'policy-late-after-end': 'A session would be late only after it has closed. Make sessions longer, or late earlier.',
  'policy-network-missing': 'The campus network is asked for, but nobody has said which it is. Add its subnets.',
  'policy-geofence-missing': 'A place is asked for, but nobody has said where it is. Add the place and its radius.',
  'policy-assurance-needs-presence':
    'Level A needs a proof of being in the room. Ask for the room’s code, the network or the place, or demand level B.',
  'policy-assurance-needs-face': 'Levels A and B need a face. Allow marking by face, or demand level C or D.',
  'policy-breaks-class': 'One class has decided otherwise, and this would contradict it. Change that class first.',
  'face-paused': 'Marking by face is paused for a moment. Use the code, or wait and try again.',
  // face
  'consent-needed': 'Marking by face needs your agreement first. Read the notice, or use the code instead.',
  'consent-outdated': 'The notice has changed since you opened it. Reload the page and read the new one.',
  'not-enrolled': 'Your face is not set up yet. Set it up first, or use the code instead.',
  'enrolment-needs-approval':
    'You took your consent back earlier. To set up your face once more, ask your teacher to allow it.',
  'enrolled-already': 'Your face is set up already. To do it again, ask your teacher to allow it.',
  'enrolment-held': 'Your set-up waits for an administrator to look at it. Use the code until then.',
  'challenge-unknown': 'This try is not known any more. Start again.',
  'challenge-spent': 'This try has been sent already. Start again.',
  'challenge-expired': 'This try is over: it took too long, or another one was started. Start again.',
  'verdict-pending': 'Your last try is still being checked. Wait a moment, then send this one again.',
  'frames-unreadable': 'The pictures could not be read. Start again.',
  'frames-too-many': 'Too many pictures were sent. Reload the page and start again.',
  'frames-too-few': 'Too few pictures reached us. Start again and keep the page open until it is done.',
  'frames-out-of-order': 'The pictures came in the wrong order. Start again.',
  'vision-busy': 'Many people are checking in at this moment. Wait a few seconds, then try again.',
  'vision-down': 'Marking by face is out of order. Use the code instead.',
} as const satisfies Record<FailureCode, string>

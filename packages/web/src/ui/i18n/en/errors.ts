/** What happened, then what to do: what anybody may meet, a student's phone above all. The rest is in `further-errors.ts`. */
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
  // sessions and marking
  'session-cancelled': 'This session was cancelled. Nobody is marked in it.',
  'session-closed': 'This session has ended. Only its teacher can change a mark now.',
  'not-in-class': 'This session is of another class. Its teacher can add the student to the list.',
  'method-not-allowed-here': 'This session is not marked in this way. Use the other way that is offered.',
  'code-wrong': 'This is not the code on the screen. Look again and type the one that is shown now.',
  'code-expired': 'The code has changed in the meantime. Type or scan the one that is shown now.',
  'face-needed':
    'This class asks for your face, the code alone is not enough. Check in by face, or ask your teacher to mark you.',
  'presence-needed':
    'This class asks you to show that you are in the room as well as your face. Do that first, then try again.',
  'code-spent': 'You have used this code already. Wait for the next one and enter that.',
  'face-paused': 'Marking by face is paused for a moment. Use the code, or wait and try again.',
  // audit
  'receipt-not-ready': 'The session has not ended yet. Come back for the receipt when it has.',
  // a session's life
  'session-not-started': 'This session has not been started. Its teacher starts it.',
  'session-paused': 'This session is paused. Wait until its teacher goes on, then try again.',
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
} as const

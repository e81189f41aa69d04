/** A student's home and history, their agreement, and how their face is set up. */
export const sentences = {
  home: {
    title: 'Home',
    now: 'Now',
    until: 'Until {{time}}',
    spotCheck: 'Your teacher asks: are you still here? Show it until {{time}}.',
    lateNow: 'You count as late now. Until {{time}}',
    checkIn: 'Check in',
    checkInTo: 'Check in to {{className}}',
    byCode: 'Use the code',
    marked: '{{method}}, {{time}}',
    none: { title: 'No session is open', text: 'When your teacher starts one, it appears here by itself.' },
    subjects: 'How you are doing',
    noSubjects: { title: 'No classes yet', text: 'Your teacher adds you to a class. It appears here then.' },
    attended: '{{attended}} of {{counted}} attended',
    nothingCounted: 'Nothing counted yet',
    canMiss_one: 'You can miss {{count}} more',
    canMiss_other: 'You can miss {{count}} more',
    canMissNone: 'Every session counts now',
    percentage: '{{percentage}} %',
    needsApproval:
      'You took your agreement back. To set up your face again, ask your teacher. Use the code until then.',
    setUp: {
      title: 'Set up your face',
      text: 'It takes about a minute. After that you check in within seconds. The code stays open to you either way.',
      action: 'See how it works',
    },
    again: {
      title: 'Set up your face again',
      text: 'You have been allowed to do it again. Until then your present one counts.',
      action: 'Set up again',
    },
    renew: {
      title: 'Set up your face once more',
      text: 'The face check is new, and your saved face cannot be used with it. Use the code until you have done it.',
      action: 'Set up again',
    },
    held: 'Your face set-up is being looked at by a person. Use the code until then.',
  },

  history: {
    requests: 'Your requests, and leave',
    correct: 'Ask for a correction',
    correctOf: 'Ask for a correction: {{subject}}, {{time}}',
    title: 'History',
    class: 'Class',
    all: 'All classes',
    empty: { title: 'Nothing here yet', text: 'Your first session appears here once you have been marked.' },
    list: 'Your sessions, newest first',
    cancelled: 'Cancelled, does not count',
    receipt: 'Save the receipt',
    receiptOf: 'Save the receipt of {{subject}}, {{at}}',
    assurance: {
      A: 'By your face, and shown to be in the room',
      B: 'By your face',
      C: 'By the code in the room, on your own sign-in',
      D: 'Your teacher decided it',
    },
  },

  consent: {
    title: 'Checking in by face',
    lead: 'Read how it works, then decide. Both ways count the same.',
    version: 'Version {{version}} of this notice',
    purpose: {
      title: 'What it is for',
      text: 'To see that it is you who is in class, so that nobody can be marked for you. Your face is used for nothing else, and never outside this institution.',
    },
    taken: {
      title: 'What is taken',
      text: 'When you set up, and each time you check in, the camera takes pictures for about ten seconds. They are looked at by our own server and then deleted.',
    },
    kept: {
      title: 'What is kept',
      text: 'Not a picture, but a set of numbers made from your pictures, locked with a key. Teachers and other students never see them.',
    },
    term: {
      title: 'For how long',
      text_one: 'Until you take your agreement back, and at most {{count}} day after you have left.',
      text_other: 'Until you take your agreement back, and at most {{count}} days after you have left.',
    },
    without: {
      title: 'Without your face',
      text: 'You can always check in with the code on your teacher’s screen, or be marked by your teacher. It counts the same, and nobody will ask you why.',
    },
    minor: 'If you are under age, a parent or guardian decides with you.',
    agree: 'I agree',
    notNow: 'Not now',
    changed: 'The notice has changed since you agreed. Please read it again.',
    given: 'You agreed on {{date}}.',
    setUp: 'Set up your face',
    withdraw: {
      title: 'Take your agreement back',
      text: 'You can do so at any time. You then check in with the code.',
      open: 'Take it back',
      what: 'Your saved face is deleted at once and cannot be brought back. Your attendance stays as it is. To set it up again later you need your teacher’s leave.',
      confirm: 'Delete my face',
      keep: 'Keep it',
      done: 'Your agreement is taken back and your saved face is deleted. Check in with the code from now on.',
    },
  },

  enrolment: {
    title: 'Set up your face',
    enrolled: {
      title: 'Your face is set up',
      since: 'Since {{date}}.',
      text: 'You can check in by face. To set it up again, ask your teacher to allow it.',
      agreement: 'Your agreement',
    },
    needsApproval: {
      title: 'Ask your teacher first',
      text: 'You took your agreement back and your saved face was deleted. A teacher of yours can let you set it up again. Use the code until then.',
    },
    held: {
      title: 'A person will look at it',
      text: 'Your set-up could not be finished by itself, which happens, for example with relatives who look alike. An administrator looks at it, and there is nothing you need to do. Use the code until then.',
    },
    done: { title: 'Your face is set up', text: 'From now on you can check in within seconds.', action: 'Done' },
    heldNow: {
      title: 'Nearly done',
      text: 'A person has to look at your set-up first. Use the code until then.',
      action: 'Back to home',
    },
  },
} as const

/** The camera, what it asks and answers, and marking by code. Instructions are at most six words. */
export const sentences = {
  checkIn: 'Check in',
  useCode: 'Use the code instead',
  notNow: 'Not now',
  goHome: 'Back to home',
  tryAgain: 'Try again',
  leave: 'Leave the camera',
  speech: { label: 'Spoken instructions' },

  intro: {
    title: 'How checking in by face works',
    happens: {
      title: 'What happens',
      text: 'The camera looks at you for about ten seconds. You follow two or three small instructions, such as blinking or turning your head.',
    },
    kept: {
      title: 'What is kept',
      text: 'The pictures are deleted as soon as you are checked. What stays is that you were there, and when.',
    },
    howLong: {
      title: 'For how long',
      text: 'Your attendance stays with your records. Your saved face is deleted when you ask, or by {{count}} days after you leave.',
    },
    howLongShort: 'Your attendance stays with your records. Your saved face is deleted whenever you ask.',
    start: 'Open the camera',
  },
  enrolIntro: {
    title: 'Set up your face',
    happens: {
      title: 'What happens',
      text: 'The camera looks at you for about ten seconds. You follow two or three small instructions, such as blinking or turning your head.',
    },
    kept: {
      title: 'What is kept',
      text: 'The pictures are deleted at once. What we keep is not a picture but a set of numbers made from them, locked with a key.',
    },
    howLong: {
      title: 'For how long',
      text: 'Until you take your agreement back, or by {{count}} days after you leave.',
    },
    howLongShort: 'Until you take your agreement back, or shortly after you leave.',
    start: 'Open the camera',
  },

  opening: { title: 'Opening the camera', text: 'Allow the camera if your phone asks for it.' },
  position: 'Put your face in the oval',
  stay: 'Stay like this',
  straight: 'Look straight ahead',
  seen: 'Good',
  ask: {
    blink: 'Blink once',
    'turn-left': 'Turn your head left',
    'turn-right': 'Turn your head right',
    'look-up': 'Look up',
    'look-down': 'Look down',
    'open-mouth': 'Open your mouth',
    smile: 'Smile',
  },
  askAgain: {
    blink: 'Blink again, a little slower',
    'turn-left': 'Turn further to your left',
    'turn-right': 'Turn further to your right',
    'look-up': 'Lift your chin higher',
    'look-down': 'Lower your chin further',
    'open-mouth': 'Open your mouth wider',
    smile: 'Smile a little wider',
  },
  hint: {
    'too-dark': 'Find a brighter place',
    'too-bright': 'Turn away from the light',
    'no-face': 'We cannot see your face',
    'several-faces': 'Only you in the picture',
    'too-far': 'Come closer',
    'too-near': 'Move back a little',
    'off-centre': 'Move into the middle',
  },

  colours: {
    hold: 'Hold still while the colours change',
    decline: 'Show me no colours',
    off: {
      title: 'No colours from now on',
      text: 'The screen will not change its colour for you any more. Start again when you are ready.',
    },
    setting: {
      title: 'Colours on the screen',
      text: 'Before the instructions the screen slowly shows a few colours, to see them on your face. If they are not good for you, turn them off. You need not say why.',
      label: 'Show me no colours',
    },
  },

  sending: 'Sending',
  checking: 'Checking',

  done: { title: 'You are marked {{status}}', at: '{{subjectName}}, {{className}}, at {{time}}', home: 'Done' },

  refused: {
    'no-face': {
      title: 'We could not see your face',
      text: 'Hold the phone at eye level, with your whole face in the oval.',
    },
    'several-faces': { title: 'More than one face was in view', text: 'Turn so that only you are in the picture.' },
    'too-dark': { title: 'It was too dark', text: 'Turn to a window or a lamp, so that light falls on your face.' },
    'too-bright': {
      title: 'The light was too strong',
      text: 'Turn away from the window or the lamp, so that it is not behind you.',
    },
    blurred: {
      title: 'The picture was blurred',
      text: 'Wipe the camera and hold the phone still, or lean it on something.',
    },
    'too-far': { title: 'You were too far away', text: 'Come closer, until your face fills the oval.' },
    'too-near': { title: 'You were too close', text: 'Move back a little, until your whole face is in the oval.' },
    'turned-away': {
      title: 'You were turned away',
      text: 'Look straight at the camera until the first instruction comes.',
    },
    covered: {
      title: 'Part of your face was covered',
      text: 'Take off a mask or dark glasses and brush hair from your eyes.',
    },
    'flash-unseen': {
      title: 'The room was too bright for the colours',
      text: 'Find a darker place, turn the screen up and hold still, or use the code.',
    },
    'not-confirmed': {
      title: 'We could not confirm that it is you',
      text: 'Try again in good light, or use the code. Your teacher can also mark you by hand.',
    },
    action: {
      blink: {
        title: 'We could not see you blink',
        text: 'Look at the camera and close your eyes for a short moment.',
      },
      'turn-left': { title: 'We could not see you turn left', text: 'Turn your head clearly to your left, then back.' },
      'turn-right': {
        title: 'We could not see you turn right',
        text: 'Turn your head clearly to your right, then back.',
      },
      'look-up': { title: 'We could not see you look up', text: 'Lift your chin clearly, then look straight ahead.' },
      'look-down': {
        title: 'We could not see you look down',
        text: 'Lower your chin clearly, then look straight ahead.',
      },
      'open-mouth': { title: 'We could not see you open your mouth', text: 'Open your mouth wide, then close it.' },
      smile: { title: 'We could not see you smile', text: 'Smile widely for a moment.' },
    },
  },
  enrolNotConfirmed: {
    title: 'We could not be sure of the pictures',
    text: 'Try again in good light, with nothing behind you that has a face on it.',
  },
  offerCode: 'It may be quicker with the code on your teacher’s screen.',

  paused: {
    title: 'A short pause',
    text: 'Checking in by face is paused after several tries. You can use the code in the meantime.',
    textAlone: 'There were several tries in a row. Wait a moment, then try again.',
    left: 'Possible again in {{time}}',
  },

  camera: {
    insecure: {
      title: 'This address is not secure',
      text: 'Browsers open the camera only on addresses that start with https. Ask for the https address of this page.',
    },
    unsupported: {
      title: 'This browser cannot open the camera',
      text: 'Open the page in Chrome, Safari, Firefox or Edge.',
    },
    denied: {
      title: 'The camera is not allowed',
      text: 'Allow the camera for this page in the browser’s settings, next to the address. Then try again.',
    },
    missing: { title: 'No camera was found', text: 'Connect one, or open this page on your phone.' },
    'in-use': { title: 'The camera is busy', text: 'Close other apps or pages that use the camera, then try again.' },
    lost: { title: 'The camera was switched off', text: 'Another app may have taken it. Try again when it is free.' },
  },
  interrupted: {
    title: 'You left the page',
    text: 'The camera stops when the page is not in front. Start again when you are ready.',
  },

  problem: {
    offline: {
      title: 'No connection',
      text: 'Your pictures are still here. Send them again when you are back online.',
    },
    offlineEmpty: { title: 'No connection', text: 'Check your network, then try again.' },
    'vision-busy': {
      title: 'Many people are checking in',
      text: 'Your pictures are still here. Send them again in a moment.',
    },
    'vision-down': {
      title: 'Checking in by face is out of order',
      text: 'Use the code on your teacher’s screen instead.',
    },
    'challenge-expired': { title: 'That took too long', text: 'Instructions are good for three minutes. Start again.' },
    'session-closed': { title: 'This session has ended', text: 'Only your teacher can change your mark now.' },
    'already-done': { title: 'You are marked already', text: 'Nothing more to do for this session.' },
    'not-enrolled': {
      title: 'Your face is not set up yet',
      text: 'It takes about a minute. You can use the code for now.',
    },
    'consent-needed': {
      title: 'Your agreement is needed first',
      text: 'Read how it works and decide. The code is always there, too.',
    },
    'method-not-allowed-here': {
      title: 'This session does not use the camera',
      text: 'Use the code on your teacher’s screen.',
    },
    other: 'That did not work',
    resend: 'Send again',
    resendIn: 'Send again in {{time}}',
    restart: 'Start again',
    consent: 'Read and decide',
    enrol: 'Set up your face',
  },

  code: {
    title: 'Use the code',
    lead: 'It is on your teacher’s screen and changes every few seconds.',
    session: '{{subjectName}}, {{className}}',
    label: 'Code',
    hint: '6 letters and digits',
    submit: 'Check in',
    scan: 'Scan the square code',
    byFace: 'Use the camera instead',
    incomplete: 'The code has 6 letters and digits. Look again and type all of them.',
    notACode: 'This is not an attendance code. Point the camera at the one on your teacher’s screen.',
    scannerTitle: 'Scan the code',
    scanning: 'Point at the square code',
    opening: 'Opening the camera',
    type: 'Type the code instead',
    scannerFailed: { title: 'The scanner did not start', text: 'Check your network and try again, or type the code.' },
    marking: 'Checking you in',
    notMarked: 'You are not marked yet',
    expired: {
      title: 'This code has changed already',
      text: 'Codes change every few seconds. Scan or type the one that is shown now.',
    },
    again: 'Scan or type the code',
  },
} as const

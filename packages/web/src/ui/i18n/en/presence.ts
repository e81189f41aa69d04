/** Showing that one is in the room, before the camera. */
export const sentences = {
  title: 'Show that you are in the room',
  lead: 'This class asks for more than your face.',
  all: 'Then the camera opens.',
  any: 'One of these is enough. Then the camera opens.',
  without: 'Go on without it',
  withoutHint: 'You can be marked without it, but the mark counts for less. Your teacher sees the difference.',
  useCode: 'Use the code instead',
  again: 'That took too long. Start again with what is on the screen now.',
  code: {
    title: 'The code on the screen',
    submit: 'Show the code',
    shown: 'The code was right.',
  },
  network: {
    title: 'The campus network',
    shown: 'You are on the campus network.',
    missing: 'You are not on the campus network. Join its Wi-Fi, then check again.',
    check: 'Check again',
  },
  place: {
    title: 'Where you are',
    explain:
      'Your browser will ask whether this page may know your location. It is compared with the place of your class at once. What is kept is whether you were there and roughly how far away, never where.',
    ask: 'Use my location',
    shown: 'You are at the place of your class.',
    outside: 'Your phone says that you are not at the place of your class. If you are, ask your teacher to mark you.',
    inaccurate:
      'Your phone is not sure enough where it is. Switch on Wi-Fi and exact location, go near a window, then try again.',
    stale: 'Your phone gave an old location. Try again.',
    denied:
      'The location is not allowed. Allow it for this page in the browser’s settings, next to the address. Then try again.',
    unavailable:
      'Your phone could not tell where it is. Switch on location and Wi-Fi, go near a window, then try again.',
    insecure:
      'Browsers tell a location only to addresses that start with https. Ask for the https address of this page.',
  },
} as const

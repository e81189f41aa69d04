/** Links to hand out, wherever they were made. */
export const sentences = {
  title: 'Invite links',
  lead: 'Each link works once, for that person only. Hand them out now: they are not shown again.',
  mailed_one: '{{count}} more invite went out by mail.',
  mailed_other: '{{count}} more invites went out by mail.',
  none: 'All invites went out by mail.',
  rollNo: 'Roll no',
  name: 'Name',
  copyOf: 'Copy the link of {{name}}',
  copyAll: 'Copy all',
  download: 'Download as CSV',
  print: 'Print with QR codes',
  fileName: 'invite-links.csv',
  printHint: 'Scan with your phone to choose a password.',
  done: 'Back to the list',
  caption: 'Invite links',
  link: 'Link',
} as const

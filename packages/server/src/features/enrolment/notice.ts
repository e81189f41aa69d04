/**
 * The notice that students agree to before their face is read. Its text is the web app's; a change of its meaning gets a
 * new version here, and whoever agreed to an earlier one is asked again before they enrol.
 */
export const NOTICE_VERSION = '2026-01'

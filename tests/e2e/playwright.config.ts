import { defineConfig } from '@playwright/test'

/** A camera page with a face mesh on software WebGL fills two cores by itself: these run one at a time, and alone. */
const BEFORE_CAMERAS = /(colour-flash|main-job|whole-session)\.spec\.ts$/

export default defineConfig({
  testDir: './src',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results',
  // `npm test` runs the projects one after the other.
  projects: [
    { name: 'pages', testIgnore: BEFORE_CAMERAS },
    { name: 'cameras', testMatch: BEFORE_CAMERAS, workers: 1 },
  ],
  reporter: 'list',
})

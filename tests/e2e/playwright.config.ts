import { defineConfig } from '@playwright/test'

/** One worker: a camera page with a face mesh on software WebGL fills a core by itself. */
export default defineConfig({
  testDir: './src',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results',
  reporter: 'list',
})

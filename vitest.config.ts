import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['scripts/**/*.test.ts'] } },
      { test: { name: 'api', include: ['packages/server/**/*.test.ts'] } },
    ],
  },
})

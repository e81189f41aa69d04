import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './vite-plugins/compressed.ts'
import { leftOut } from './vite-plugins/left-out.ts'
import { servedAssets } from './vite-plugins/served-assets.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), servedAssets(), leftOut(), compressed()],
  server: { port: 5173, proxy: { '/api': 'http://localhost:3000' } },
  build: {
    target: 'es2022',
    // Fonts and pictures stay files of their own: they are cached longer than the script that names them.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs is one file: it packs better than four, and changes only with the libraries.
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|axios|zod|clsx)[\\/]/,
            },
          ],
        },
      },
      // The contract is read for the routes a page calls; the modules it does not need have no effects to keep.
      treeshake: { moduleSideEffects: [{ test: /packages\/(contract|domain)\//, sideEffects: false }] },
    },
  },
})

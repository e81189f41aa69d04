import './api/zod-without-eval.ts'
import './ui/styles.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { browserDeps } from './api/browser.ts'
import { createClient } from './api/client.ts'
import { createQueryClient } from './api/query-client.ts'
import { createSignInState, type SignInState } from './api/sign-in-state.ts'
import { ApiProvider } from './api/use-api.tsx'
import { createAppRouter } from './routes/router.tsx'
import { AnnouncerProvider } from './ui/announcer.tsx'
import { colourSchemeManager } from './ui/colour-scheme.tsx'
import { createTranslations } from './ui/i18n/i18n.ts'
import { MessagesProvider } from './ui/messages.tsx'
import { ArrivalProvider } from './ui/page.tsx'
import { cssVariables, theme } from './ui/theme.ts'

/** Makes the parts once and joins them. */
async function start(container: HTMLElement) {
  const signIn = createSignInState()
  const client = createClient({ baseUrl: '/', signIn, ...browserDeps() })
  const cache = createQueryClient()
  const translations = await createTranslations('en')
  const router = createAppRouter({ client, cache, translations })

  let before = signIn.current()
  signIn.subscribe(() => {
    const now = signIn.current()
    // What one person was shown is not left in the cache for the next.
    if (personOf(before) !== null && personOf(before) !== personOf(now)) cache.clear()
    else if (before.kind === 'ended') void cache.invalidateQueries()
    const hasMoved = before.kind !== 'unknown' && (now.kind === 'signed-out' || personOf(before) !== personOf(now))
    before = now
    if (hasMoved) void router.invalidate()
  })

  createRoot(container).render(
    <StrictMode>
      <I18nextProvider i18n={translations}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          colorSchemeManager={colourSchemeManager}
          defaultColorScheme="auto"
          deduplicateCssVariables={false}
        >
          <ApiProvider client={client}>
            <QueryClientProvider client={cache}>
              <AnnouncerProvider>
                <MessagesProvider>
                  <ArrivalProvider>
                    <RouterProvider router={router} />
                  </ArrivalProvider>
                </MessagesProvider>
              </AnnouncerProvider>
            </QueryClientProvider>
          </ApiProvider>
        </MantineProvider>
      </I18nextProvider>
    </StrictMode>,
  )
}

function personOf(state: SignInState): string | null {
  return state.kind === 'signed-in' || state.kind === 'ended' ? state.me.personId : null
}

const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no #root')
void start(container)

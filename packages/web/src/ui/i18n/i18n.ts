import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

/** One file per language and namespace; a page waits for the ones it uses and loads no others. */
const FILES = import.meta.glob<Record<string, unknown>>('./*/*.ts', { import: 'sentences' })

/** Makes the one translation layer. Every sentence that people read comes out of it. */
export async function createTranslations(language: string): Promise<i18n> {
  const instance = i18next.createInstance()
  await instance
    .use({
      type: 'backend' as const,
      init() {},
      async read(lng: string, namespace: string) {
        const load = FILES[`./${lng}/${namespace}.ts`]
        if (load === undefined) throw new Error(`no sentences for ${lng}/${namespace}`)
        return load()
      },
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: 'en',
      ns: ['shell', 'errors'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
      returnNull: false,
    })
  return instance
}

import type { Plugin } from 'vite'

type LeftOut = { module: RegExp; stub: (code: string) => string }

const EXPORTED = /^export (?:const|function) (\w+)/gm

/**
 * Parts of libraries that no page of ours can reach, and that no bundler can see to be unused.
 * Every student's phone would load them: together 12 of the 200 kB that a page may weigh.
 */
const LEFT_OUT: readonly LeftOut[] = [
  {
    // The server writes JSON Schema for its OpenAPI document; a browser never does, but every schema refers to the writer.
    module: /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/,
    stub: (code) => {
      const names = [...code.matchAll(EXPORTED)].map((match) => match[1])
      const stubs = names.map((name) => `export const ${name} = () => () => { throw new Error('no JSON Schema here') }`)
      if (names.includes('processSchema')) stubs.push('export { processSchema as process }')
      return stubs.join('\n')
    },
  },
  {
    // zod's English messages: what people read comes from our translations, by the code.
    module: /\/zod\/v4\/locales\/en\.js$/,
    stub: () => `export default () => ({ localeError: () => undefined })`,
  },
  {
    // axios asks by XMLHttpRequest, which tells how far an upload is; its second way is never chosen in a browser.
    module: /\/axios\/lib\/adapters\/fetch\.js$/,
    stub: () => 'export const getFetch = () => false\nexport default false',
  },
  {
    module: /\/axios\/lib\/helpers\/HttpStatusCode\.js$/,
    stub: () => 'export default {}',
  },
]

export function leftOut(): Plugin {
  return {
    name: 'left-out',
    apply: 'build',
    transform: {
      filter: { id: LEFT_OUT.map(({ module }) => module) },
      handler(code, id) {
        const found = LEFT_OUT.find(({ module }) => module.test(id))
        return found === undefined ? null : { code: found.stub(code), map: null }
      },
    },
  }
}

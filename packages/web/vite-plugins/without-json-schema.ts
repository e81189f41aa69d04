import type { Plugin } from 'vite'

const JSON_SCHEMA_MODULE = /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/
const EXPORTED = /^export (?:const|function) (\w+)/gm

/**
 * Leaves zod's writer of JSON Schema out of the build: the server needs it for its OpenAPI document, a browser never.
 * Every schema refers to it, so no bundler sees that it is unused; 15 kB of the 200 kB that a student's page may weigh.
 */
export function withoutJsonSchema(): Plugin {
  return {
    name: 'without-json-schema',
    apply: 'build',
    transform: {
      filter: { id: JSON_SCHEMA_MODULE },
      handler(code) {
        const names = [...code.matchAll(EXPORTED)].map((match) => match[1])
        const stubs = names.map(
          (name) => `export const ${name} = () => () => { throw new Error('no JSON Schema here') }`,
        )
        if (names.includes('processSchema')) stubs.push('export { processSchema as process }')
        return { code: stubs.join('\n'), map: null }
      },
    },
  }
}

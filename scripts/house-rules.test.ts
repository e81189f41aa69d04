import { glob, readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

/** Rules of CONVENTIONS that no linter knows, read off the sources. */
type Source = { file: string; text: string }

const root = path.resolve(import.meta.dirname, '..')
const IS_TEST = /[.]test[.]tsx?$|\/testing\//
const MAX_LINES = 300
/** No word for what is inside, so anything ends up there. */
const ATTIC = /(^|[-/])(utils?|helpers?|common|misc|managers?|services?)([/.]|$)/
const DATA_TABLES = /^packages\/web\/src\/ui\/i18n\//

const sources: Source[] = []
beforeAll(async () => {
  for await (const found of glob('packages/*/src/**/*.{ts,tsx}', { cwd: root })) {
    const file = found.replaceAll(path.sep, '/')
    sources.push({ file, text: await readFile(path.join(root, file), 'utf8') })
  }
})

/** `file:line` of each line of our code (tests left out) that matches; comments do not count. */
function linesWith(pattern: RegExp, where: RegExp): string[] {
  return sources
    .filter(({ file }) => where.test(file) && !IS_TEST.test(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .flatMap((line, i) => (pattern.test(line.replace(/^\s*(\/\/|\*|\/\*).*/, '')) ? `${file}:${i + 1}` : [])),
    )
}

describe('house rules', () => {
  test('there are sources to look at', () => {
    expect(sources.length).toBeGreaterThan(50)
  })

  test('the domain reads no clock and rolls no dice', () => {
    expect(linesWith(/new Date\(\)|Date\.now|Math\.random|performance\.|crypto\./, /^packages\/domain\//)).toEqual([])
  })

  test('only the configuration reads the environment', () => {
    expect(linesWith(/process\.env/, /^packages\/(?!server\/src\/config[.]ts)/)).toEqual([])
  })

  test('no module keeps state', () => {
    expect(linesWith(/^(export )?let /, /^packages\//)).toEqual([])
  })

  test('files are kebab-case, with no suffix but those of the closed list', () => {
    const odd = sources
      .map(({ file }) => file)
      .filter(
        (file) => !/^[a-z0-9]+(-[a-z0-9]+)*([.](routes|store|test))?[.](d[.])?tsx?$/.test(path.posix.basename(file)),
      )
    // The router's own marks: $ for a parameter, _ for a layout.
    expect(odd.filter((file) => !file.startsWith('packages/web/src/routes/'))).toEqual([])
  })

  test('no file is an attic', () => {
    expect(
      sources.map(({ file }) => file).filter((file) => ATTIC.test(file.replace(/^packages\/[^/]+\/src\//, ''))),
    ).toEqual([])
  })

  test('no file of code is longer than 300 lines', () => {
    const long = sources.filter(
      ({ file, text }) => !DATA_TABLES.test(file) && !IS_TEST.test(file) && text.split('\n').length > MAX_LINES,
    )
    expect(long.map(({ file }) => file)).toEqual([])
  })
})

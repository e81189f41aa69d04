import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseModelList } from './model-list.ts'
import { DEFAULT_MODELS } from './models.ts'
import { ModelUnusable } from './open-models.ts'
import { ownAntispoof, ownDetector, ownEmbedder, ownLandmarks } from './testing/own-models.ts'

const read = (...models: unknown[]) => parseModelList(JSON.stringify({ models }), 'models.json')

/** The sentence an administrator is told; a list that is taken fails the test. */
function refusal(text: string): string {
  try {
    parseModelList(text, 'models.json')
  } catch (error) {
    expect(error).toBeInstanceOf(ModelUnusable)
    return String(error)
  }
  throw new TypeError('the list was taken')
}

test('says of the shipped models what we say of them ourselves', () => {
  const own = read(ownDetector, ownLandmarks, ownEmbedder, ownAntispoof)
  for (const model of own) {
    const shipped = DEFAULT_MODELS.find(({ role }) => role === model.role)
    const { name: _, file: __, licence: ___, ...numbers } = model
    const differing = { minScore: 0.7, operatingPoints: ownEmbedder.operatingPoints, coveredFrom: null }
    expect({ ...shipped, ...differing }).toMatchObject(numbers)
  }
})

test('takes the example of the guide', async () => {
  const guide = await readFile(path.resolve(import.meta.dirname, '../../../docs/guides/own-models.md'), 'utf8')
  const [, example = ''] = /```json\n(.+?)```/s.exec(guide) ?? []
  expect(parseModelList(example, 'models.json')).toHaveLength(1)
})

describe('an embedder is stored under a name', () => {
  const nameOf = (model: object) => read({ ...ownEmbedder, ...model })[0]?.name

  test('that tells its version', () => expect(nameOf({})).toMatch(/^arcface-ours@2\.1#[0-9a-f]{12}$/))

  test.each<[string, object]>([
    ['another file', { sha256: '0'.repeat(64) }],
    ['another colour order', { colour: 'rgb' }],
    ['another normalisation', { normalisation: { subtract: [0, 0, 0], divide: [255, 255, 255] } }],
    ['other places of the face', { points: ownEmbedder.points.map(([x = 0, y = 0]) => [x + 1, y]) }],
  ])('that changes with %s, since vectors of the two cannot be compared', (_, change) => {
    expect(nameOf(change)).not.toBe(nameOf({}))
  })

  test('that stays when only its operating points are measured anew', () => {
    expect(nameOf({ operatingPoints: { '1e-3': 0.2, '1e-4': 0.3, '1e-5': 0.4 } })).toBe(nameOf({}))
  })
})

describe('is refused in a sentence that names the place', () => {
  const { operatingPoints: _, ...withoutThresholds } = ownEmbedder
  const { evenOdds: __, ...withoutEvenOdds } = ownAntispoof
  test.each<[string, unknown[], RegExp]>([
    [
      'an embedder without thresholds of its own',
      [withoutThresholds],
      /models\.json: models\[0\]\.operatingPoints is missing: it must be an object/,
    ],
    ['an anti-spoof model without its even odds', [withoutEvenOdds], /evenOdds is missing/],
    [
      'thresholds that fall',
      [{ ...ownEmbedder, operatingPoints: { '1e-3': 0.4, '1e-4': 0.3, '1e-5': 0.5 } }],
      /must rise/,
    ],
    [
      'a threshold that everybody reaches',
      [{ ...ownEmbedder, operatingPoints: { '1e-3': -1, '1e-4': 0.3, '1e-5': 0.5 } }],
      /1e-3 must be a number from 0\.001 to 0\.999, it is "-1"/,
    ],
    ['a path out of the folder', [{ ...ownEmbedder, file: '../../etc/passwd.onnx' }], /file must be the plain name/],
    ['a path of another system', [{ ...ownEmbedder, file: 'C:\\models\\ours.onnx' }], /file must be the plain name/],
    ['a hidden file', [{ ...ownEmbedder, file: '..onnx' }], /file must be the plain name/],
    ['a file that is no model', [{ ...ownEmbedder, file: 'run.js' }], /file must be the plain name/],
    ['a shortened hash', [{ ...ownEmbedder, sha256: '87aacdfe57510db2' }], /sha256 must be 64/],
    ['two models of one role', [ownEmbedder, ownEmbedder], /more than one model for embedder/],
    [
      'a role that cannot be replaced',
      [{ ...ownEmbedder, role: 'pose' }],
      /role must be detector or landmarks or embedder/,
    ],
    ['a misspelt field', [{ ...ownEmbedder, colour_order: 'rgb' }], /field that is not known: "colour_order"/],
    [
      'a huge input',
      [{ ...ownEmbedder, input: { width: 1e9, height: 1e9, layout: 'nchw' } }],
      /width must be a whole number|height must be/,
    ],
    [
      'a negative size',
      [{ ...ownEmbedder, input: { width: -112, height: -112, layout: 'nchw' } }],
      /must be a whole number/,
    ],
    [
      'half a pixel',
      [{ ...ownEmbedder, input: { width: 112.5, height: 112.5, layout: 'nchw' } }],
      /must be a whole number/,
    ],
    ['an oblong embedder', [{ ...ownEmbedder, input: { width: 112, height: 96, layout: 'nchw' } }], /must be a square/],
    [
      'a vector of a billion',
      [{ ...ownEmbedder, output: { name: 'output', length: 1e9 } }],
      /length must be a whole number from 32 to 4096/,
    ],
    [
      'a division by nothing',
      [{ ...ownEmbedder, normalisation: { subtract: [0, 0, 0], divide: [1, 0, 1] } }],
      /divide\[1\] must be/,
    ],
    [
      'one number for three colours',
      [{ ...ownEmbedder, normalisation: { subtract: [127], divide: [128] } }],
      /subtract must be a list of 3/,
    ],
    ['a grey embedder', [{ ...ownEmbedder, colour: 'grey' }], /colour must be rgb or bgr/],
    ['four points', [{ ...ownEmbedder, points: ownEmbedder.points.slice(1) }], /points must be a list of 5/],
    [
      'points outside the input',
      [{ ...ownEmbedder, points: ownEmbedder.points.map(() => [400, 50]) }],
      /points\[0\]\[0\] must be/,
    ],
    [
      "the person's own left and right",
      [{ ...ownEmbedder, points: [1, 0, 2, 4, 3].map((i) => ownEmbedder.points[i]) }],
      /upright face/,
    ],
    [
      'a class that is not there',
      [{ ...ownAntispoof, output: { ...ownAntispoof.output, live: 3 } }],
      /live must be a whole number from 0 to 2/,
    ],
    ['a crop of nothing', [{ ...ownAntispoof, crops: [] }], /crops must be a list of 1 to 4/],
    ['no model', [], /models must be a list of 1 to 4/],
    ['a model that is none', [null], /models\[0\] must be an object, it is "null"/],
  ])('%s', (_name, models, sentence) => {
    expect(refusal(JSON.stringify({ models }))).toMatch(sentence)
  })

  test.each<[string, string, RegExp]>([
    ['what is no JSON', '{', /models\.json is not JSON/],
    ['nothing', '', /is not JSON/],
    ['a bare list', '[]', /models\.json: must be an object/],
    ['a number that is none', JSON.stringify({ models: [ownDetector] }).replace('0.7', 'NaN'), /is not JSON/],
    [
      'a number beyond all numbers',
      JSON.stringify({ models: [ownDetector] }).replace('0.7', '1e999'),
      /minScore must be a number/,
    ],
    ['a prototype', '{"__proto__": {"models": []}}', /not known: "__proto__"/],
    [
      'a prototype inside',
      JSON.stringify({ models: [ownDetector] }).replace('"scores":', '"__proto__":'),
      /not known: "__proto__"/,
    ],
    ['lists in lists in lists', '['.repeat(30_000) + ']'.repeat(30_000), /must be an object, it is a list of 1/],
    [
      'the same where a name belongs',
      `{"models":[{"role":${'['.repeat(30_000) + ']'.repeat(30_000)}}]}`,
      /role must be detector/,
    ],
    ['a field with a very long name', `{"${'x'.repeat(50_000)}":1}`, /^.{1,200}$/],
  ])('%s', (_name, text, sentence) => {
    expect(refusal(text)).toMatch(sentence)
  })
})

test('whatever is put in one place of a good list, it is read or refused in a short sentence', () => {
  const good = { models: [ownDetector, ownLandmarks, ownEmbedder, ownAntispoof] }
  const places = [...leaves(good)]
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.maxSafeInteger(),
    fc.constantFrom('../x.onnx', '__proto__', 'constructor', 1e9, -1, null, {}, [], '\u0000.onnx'),
  )
  fc.assert(
    fc.property(fc.constantFrom(...places), anything, fc.boolean(), (place, value, isLeftOut) => {
      const changed = structuredClone(good)
      change(changed, place, value, isLeftOut)
      try {
        expect(parseModelList(JSON.stringify(changed), 'models.json')).toHaveLength(4)
      } catch (error) {
        expect(error).toBeInstanceOf(ModelUnusable)
        expect(String(error).length).toBeLessThan(400)
      }
    }),
    { numRuns: 2_000 },
  )
})

/** The path to everything in a value, itself left out. */
function* leaves(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value)) yield* leaves(each, [...path, key])
}

function change(root: unknown, path: readonly string[], value: unknown, isLeftOut: boolean): void {
  const [key = '', ...rest] = path
  if (typeof root !== 'object' || root === null) return
  if (rest.length > 0) change(Reflect.get(root, key), rest, value, isLeftOut)
  else if (isLeftOut && !Array.isArray(root)) Reflect.deleteProperty(root, key)
  else Reflect.set(root, key, value)
}

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROUTES } from '../packages/contract/src/index.ts'

const conf = await readFile(path.resolve(import.meta.dirname, '../deploy/nginx/smart-attendance.conf'), 'utf8')

const routes = [...ROUTES.values()]

/** Room for what a form puts round its file. */
const FORM_BYTES = 4096

type Place = { pattern: string; matches: (url: string) => boolean; text: string }

const [server = ''] = conf.split(/^ {4}location /m)
const places: Place[] = [...conf.matchAll(/^ {4}location (=|~)? ?(\S+) \{\n([\s\S]*?)^ {4}\}/gm)].map(
  ([, kind, pattern = '', text = '']) => ({
    pattern,
    matches: (url) => (kind === '=' ? url === pattern : kind === '~' && new RegExp(pattern).test(url)),
    text,
  }),
)

/** What the proxy's file says of this address: the first place that is its own, or the server. */
function settingsOf(url: string): string {
  return places.find(({ matches }) => matches(url))?.text ?? ''
}

function bodyLimitOf(url: string): number {
  const size = /client_max_body_size (\d+)m;/
  return Number(size.exec(settingsOf(url))?.[1] ?? size.exec(server)?.[1]) * 1024 * 1024
}

const urlOf = (route: { path: string }) => route.path.replaceAll(/:\w+/g, '0b1c')

test('the proxy lets every file through that a route takes', () => {
  const taking = routes.flatMap((route) => (route.file ? [{ url: urlOf(route), bytes: route.file.maxBytes }] : []))
  expect(taking.length).toBeGreaterThan(3)
  expect(taking.filter(({ url, bytes }) => bodyLimitOf(url) < bytes + FORM_BYTES)).toEqual([])
})

test('the proxy holds back no event of a stream', () => {
  const streams = routes.flatMap((route) => ('stream' in route.response ? [urlOf(route)] : []))
  expect(streams.length).toBeGreaterThan(0)
  expect(streams.filter((url) => !settingsOf(url).includes('proxy_buffering off;'))).toEqual([])
})

test('the proxy names no place that the contract does not have', () => {
  const urls = routes.map(urlOf)
  const unknown = places.filter(({ matches }) => !urls.some(matches)).map(({ pattern }) => pattern)
  expect(unknown).toEqual(['/'])
})

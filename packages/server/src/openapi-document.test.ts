import { ROUTES } from '@app/contract'
import { expect, test } from 'vitest'
import { buildOpenApiDocument, OPENAPI_PATH } from './openapi-document.ts'
import { createTestApp } from './testing/app.ts'

const text = JSON.stringify(buildOpenApiDocument())

test('describes every route once, under a name of its own', () => {
  const names = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name)
  expect(names.sort()).toEqual([...ROUTES.keys()].sort())
})

test('refers to nothing that it does not hold', () => {
  const { components } = JSON.parse(text)
  const wanted = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '')
  expect(wanted.length).toBeGreaterThan(20)
  for (const name of wanted) expect(components.schemas).toHaveProperty(name)
  expect(text).not.toContain('$defs')
  for (const [name, schema] of Object.entries(components.schemas))
    expect(schema).not.toEqual({ $ref: `#/components/schemas/${name}` })
})

test('says of an upload what the form holds, of a stream and a download what comes', () => {
  const { paths } = JSON.parse(text)
  const upload = paths['/api/check-ins/{challengeId}/frames'].post
  const form = upload.requestBody.content['multipart/form-data'].schema
  expect(form.required).toEqual(['bundle', 'frames'])
  expect(upload.security).toEqual([{ accessToken: [] }])
  expect(Object.keys(paths['/api/sessions/{sessionId}/events'].get.responses[200].content)).toEqual([
    'text/event-stream',
  ])
  expect(Object.keys(paths['/api/classes/{classId}/report/file'].get.responses[200].content)).toContain('text/csv')
})

test('is served to anybody', async () => {
  const app = await createTestApp()
  const reply = await app.app.inject({ url: OPENAPI_PATH })
  await app.close()
  expect(reply.headers['content-type']).toContain('application/json')
  expect(reply.body).toBe(text)
})

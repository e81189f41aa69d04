import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as contract from '@app/contract'
import { ApiError, ERRORS, type ErrorCode, ROUTES, type RouteSpec } from '@app/contract'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import manifest from '../package.json' with { type: 'json' }

type Json = Record<string, unknown>
type Schemas = ReturnType<typeof createSchemas>

export const OPENAPI_PATH = '/api/openapi.json'

/** Serves the document to anybody; it is put together when it is first asked for. */
export function installOpenApiDocument(app: FastifyInstance): void {
  let text: string | undefined
  app.get(OPENAPI_PATH, (_request, reply) => {
    text ??= JSON.stringify(buildOpenApiDocument())
    return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(text)
  })
}

/** What every caller can meet, whatever the route says. */
const ALWAYS: readonly ErrorCode[] = ['broken', 'database-unavailable', 'not-allowed']
const SIGNED_IN: readonly ErrorCode[] = ['not-signed-in']

/** The API as an OpenAPI 3.1 document, read from the same routes the server and the web app read. */
export function buildOpenApiDocument(): Json {
  const schemas = createSchemas()
  schemas.toJson(ApiError, 'output')
  const paths: Record<string, Json> = {}
  for (const [name, route] of ROUTES) {
    const at = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[at] = { ...paths[at], [route.method.toLowerCase()]: operation(schemas, name, route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Smart Attendance',
      version: manifest.version,
      summary: 'Who was in class, decided by the server.',
      description:
        'Errors have one shape and stable codes. Call with an access token of at most 15 minutes; the refresh cookie brings the next. There is no CORS: the API is for its own origin and for programs.',
      license: { name: 'PolyForm Noncommercial 1.0.0', identifier: 'PolyForm-Noncommercial-1.0.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: '__Host-refresh' },
      },
      schemas: Object.fromEntries(Object.entries(schemas.components).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

function operation(schemas: Schemas, name: string, route: RouteSpec): Json {
  const parameters = [...parametersOf(schemas, route.params, 'path'), ...parametersOf(schemas, route.query, 'query')]
  const body = requestBodyOf(schemas, route)
  return {
    operationId: name,
    summary: route.summary,
    ...(Array.isArray(route.access) ? { description: `For: ${route.access.join(', ')}.` } : {}),
    security: securityOf(name, route),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: { 200: success(schemas, route), ...failures(route) },
  }
}

function securityOf(name: string, route: RouteSpec): Json[] {
  if (route.access !== 'public') return [{ accessToken: [] }]
  return ['refresh', 'signOut'].includes(name) ? [{ refreshCookie: [] }] : []
}

function parametersOf(schemas: Schemas, schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(z.object({ [name]: part as z.ZodType }), {}).success,
    schema: schemas.toJson(part as z.ZodType, 'input'),
  }))
}

function requestBodyOf(schemas: Schemas, { body, file }: RouteSpec): Json | undefined {
  if (!file)
    return body && { required: true, content: { 'application/json': { schema: schemas.toJson(body, 'input') } } }
  const description = `${file.description}; at most ${file.maxBytes} bytes`
  const fields = { type: 'object', ...(body ? schemas.spellOut(body, 'input') : {}) } as {
    properties?: Json
    required?: string[]
  }
  const form = {
    ...fields,
    properties: {
      ...fields.properties,
      [file.field]: { type: 'string', contentMediaType: 'application/octet-stream', description },
    },
    required: [...(fields.required ?? []), file.field],
  }
  return { required: true, content: { 'multipart/form-data': { schema: form } } }
}

function success(schemas: Schemas, { response }: RouteSpec): Json {
  if ('stream' in response)
    return {
      description: 'Server-sent events; `data` of each is JSON, `id` its number, `event` its kind.',
      content: { 'text/event-stream': { schema: schemas.toJson(response.stream, 'output') } },
    }
  if ('download' in response)
    return {
      description: 'A file to save.',
      headers: { 'content-disposition': { schema: { type: 'string' } } },
      content: Object.fromEntries(response.download.map((type) => [type, {}])),
    }
  return { description: 'Done.', content: { 'application/json': { schema: schemas.toJson(response, 'output') } } }
}

/** One answer for each status, with the codes it may carry. */
function failures(route: RouteSpec): Json {
  const takesInput = route.params || route.query || route.body || route.file
  const codes = new Set<ErrorCode>([
    ...route.errors,
    ...(takesInput ? (['bad-input', 'too-large', 'wrong-media-type'] as const) : []),
    ...(route.params ? (['not-found'] as const) : []),
    ...(route.access === 'public' ? [] : SIGNED_IN),
    ...ALWAYS,
  ])
  const byStatus = Object.groupBy([...codes].sort(), (code) => ERRORS[code])
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, some]) => [
      status,
      {
        description: (some ?? []).map((code) => `\`${code}\``).join(', '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ApiError' } } },
      },
    ]),
  )
}

/** JSON Schema with the contract's named parts as references; the parts themselves go into `components`. */
function createSchemas() {
  const names = z.registry<{ id: string }>()
  for (const [id, value] of Object.entries(contract)) if (value instanceof z.ZodType) names.add(value, { id })
  const components: Record<string, Json> = {}

  function toJson(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs,
      ...json
    } = z.toJSONSchema(schema, {
      io,
      metadata: names,
      target: 'draft-2020-12',
      override: ({ jsonSchema }) => {
        // The format says it shorter, and every whole number of JavaScript's is safe.
        if (['uuid', 'date-time', 'email'].includes(jsonSchema.format ?? '')) delete jsonSchema.pattern
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
        delete jsonSchema.id
      },
    })
    Object.assign(components, rename($defs ?? {}))
    return rename(json)
  }

  /** The schema itself, where a reference to it would not do. */
  function spellOut(schema: z.ZodType, io: 'input' | 'output'): Json {
    const json = toJson(schema, io)
    const id = names.get(schema)?.id
    return (id === undefined ? undefined : components[id]) ?? json
  }
  return { toJson, spellOut, components }
}

const rename = (json: object): Json =>
  JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'))

const COMMITTED = path.resolve(import.meta.dirname, '../../../docs/api/openapi.json')

if (import.meta.main) {
  const text = `${JSON.stringify(buildOpenApiDocument(), null, 2)}\n`
  const committed = await readFile(COMMITTED, 'utf8').catch(() => '')
  if (!process.argv.includes('--check')) await writeFile(COMMITTED, text)
  else if (committed !== text) {
    console.error('docs/api/openapi.json is stale: run node packages/server/src/openapi-document.ts')
    process.exitCode = 1
  }
}

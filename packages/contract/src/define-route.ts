import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/** What a person may be; one person may hold several. */
export const ROLES = ['owner', 'admin', 'teacher', 'student', 'guardian'] as const
export type Role = (typeof ROLES)[number]

/** Who may call: anybody, anybody signed in, or the holders of one of the roles. Rights to one object are asked in the use case. */
export type Access = 'public' | 'signed-in' | readonly Role[]

export type RouteSpec = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify's notation: `/api/classes/:classId`. */
  path: `/api/${string}`
  /** One line for the OpenAPI document. */
  summary: string
  access: Access
  params?: z.ZodObject
  query?: z.ZodObject
  /** JSON body; of a multipart route, the form's text fields. */
  body?: z.ZodType
  /** Present on multipart routes: the one file part the form carries, and its size limit. */
  file?: { field: string; maxBytes: number; description: string }
  /** What comes back with status 200: a JSON schema, a stream of events, or a file to save. */
  response: z.ZodType | { stream: z.ZodType } | { download: readonly string[] }
  /** The errors a caller should be ready for, beside those any route can give. */
  errors: readonly ErrorCode[]
}

/** Declares one route as data; server, client and OpenAPI document read the same object. */
export function defineRoute<const Route extends RouteSpec>(route: Route): Route {
  return route
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Given<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined

export type ParamsOf<Route extends RouteSpec> = Parsed<Route['params']>
export type QueryOf<Route extends RouteSpec> = Parsed<Route['query']>
export type BodyOf<Route extends RouteSpec> = Parsed<Route['body']>
/** What a handler returns: before the response schema has stripped and formatted it. */
export type ReplyOf<Route extends RouteSpec> = Given<Route['response']>
/** What a caller receives. */
export type ResultOf<Route extends RouteSpec> = Parsed<Route['response']>
export type SentBodyOf<Route extends RouteSpec> = Given<Route['body']>
export type SentQueryOf<Route extends RouteSpec> = Given<Route['query']>
export type SentParamsOf<Route extends RouteSpec> = Given<Route['params']>

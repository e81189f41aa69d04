import { z } from 'zod'
import { defineRoute } from './define-route.ts'
import { POLICY_PROBLEMS } from './errors.ts'
import { ActionName, Assurance, PresenceProof } from './fields.ts'
import { Method } from './sessions.ts'

const each = <Item extends z.ZodType>(item: Item, { min, max }: { min: number; max: number }) =>
  z
    .array(item)
    .min(min)
    .max(max)
    .refine((items) => new Set(items).size === items.length, 'each one once')
    .readonly()

/** As wide as these a network says nothing about a campus. */
const WIDEST_IPV4 = 8
const WIDEST_IPV6 = 16

/** A CIDR block of either family. */
const Network = z
  .union([z.cidrv4(), z.cidrv6()])
  .refine(
    (block) => Number(block.split('/')[1]) >= (block.includes(':') ? WIDEST_IPV6 : WIDEST_IPV4),
    'too wide to be a campus',
  )
  .refine((block) => !block.startsWith('::'), 'an IPv4 network is written as such')

const Minutes = (min: number) => z.number().int().min(min).max(480)
const FalseMatchRate = z.enum(['1e-3', '1e-4', '1e-5'])

/** What a class may decide otherwise than its institution. */
const OfClass = {
  methods: each(Method, { min: 1, max: 2 }),
  /** What a challenge draws from. */
  actions: each(ActionName, { min: 2, max: 7 }),
  actionCount: z.number().int().min(2).max(5),
  /** How often a stranger may be taken for somebody: one in a thousand, ten thousand, a hundred thousand. */
  falseMatchRate: FalseMatchRate,
  /** The screen shows random colours before the actions and the face must answer them. */
  colourFlash: z.boolean(),
  presenceProofs: each(PresenceProof, { min: 0, max: 3 }),
  presenceNeeds: z.enum(['any', 'all']),
  networks: each(Network, { min: 0, max: 50 }),
  geofence: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      /** Phones indoors are rarely surer than 20 m: a smaller circle would let nobody in. */
      radiusMetres: z.number().int().min(20).max(100_000),
    })
    .nullable(),
  assurance: Assurance,
  sessionMinutes: Minutes(1),
  lateAfterMinutes: Minutes(0),
  autoOpen: z.boolean(),
  lateWeight: z.number().min(0).max(1),
  codeSeconds: z.number().int().min(3).max(60),
  offerCodeAfter: z.number().int().min(1).max(10),
  pauseAfter: z.number().int().min(1).max(20),
  pauseSeconds: z.number().int().min(5).max(900),
  spotCheck: z.number().int().min(0).max(20),
  /** Null where marks never lock. */
  lockDays: z.number().int().min(1).max(3650).nullable(),
  /** Null where there is no such rule. */
  minimumPercentage: z.number().int().min(0).max(100).nullable(),
}

const OfInstitution = {
  bulkPhotoEnrolment: z.boolean(),
  /** Days a template is kept after its student has left. */
  retentionDays: z.number().int().min(0).max(3650),
  teacherSignUp: z.boolean(),
  /** Teachers may decide how long their sessions are, when late begins, and whether planned ones open by themselves. */
  teachersAdjust: z.boolean(),
}

/** Every field that is decided on a page; the rest of a policy is not for a page. */
export const PolicyValues = z.strictObject({ ...OfClass, ...OfInstitution })
export type PolicyValues = z.infer<typeof PolicyValues>
export const ClassPolicyValues = z.strictObject(OfClass)
export type ClassPolicyValues = z.infer<typeof ClassPolicyValues>

export const PolicySource = z.enum(['shipped', 'institution', 'class'])

type Explained<Value extends z.ZodType> = z.ZodObject<{
  value: Value
  source: typeof PolicySource
  inherited: Value
  mayChange: z.ZodBoolean
}>

/** Each field as it holds, where that was decided, what a reset would make it, and whether the caller may change it. */
function explain<Fields extends Record<string, z.ZodType>>(fields: Fields) {
  const shape = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      z.object({ value, source: PolicySource, inherited: value, mayChange: z.boolean() }),
    ]),
  )
  // The loop above keeps each name with its own schema, which Object.fromEntries cannot say.
  return z.object(shape as { [Name in keyof Fields]: Explained<Fields[Name]> })
}

export const PolicyView = explain({ ...OfClass, ...OfInstitution })
export type PolicyView = z.infer<typeof PolicyView>
export const ClassPolicyView = explain(OfClass)
export type ClassPolicyView = z.infer<typeof ClassPolicyView>

const ClassParams = z.object({ classId: z.uuid() })

export const getPolicy = defineRoute({
  method: 'GET',
  path: '/api/policy',
  summary: 'What the institution has decided, field by field, and what is shipped',
  access: ['admin'],
  response: PolicyView,
  errors: [],
})

export const changePolicy = defineRoute({
  method: 'PATCH',
  path: '/api/policy',
  summary: 'Decide some of it anew, or take up again what is shipped; the old values are kept in the audit log',
  access: ['admin'],
  body: z.strictObject({ changes: PolicyValues.partial(), reset: z.array(PolicyValues.keyof()) }),
  response: PolicyView,
  errors: [...POLICY_PROBLEMS, 'policy-breaks-class'],
})

export const getClassPolicy = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/policy',
  summary: 'What holds in one class, field by field, and whether its institution or the class decided it',
  access: ['admin', 'teacher'],
  params: ClassParams,
  response: ClassPolicyView,
  errors: [],
})

export const changeClassPolicy = defineRoute({
  method: 'PATCH',
  path: '/api/classes/:classId/policy',
  summary: 'Decide some of it otherwise for one class, or as its institution does again',
  access: ['admin', 'teacher'],
  params: ClassParams,
  body: z.strictObject({ changes: ClassPolicyValues.partial(), reset: z.array(ClassPolicyValues.keyof()) }),
  response: ClassPolicyView,
  errors: POLICY_PROBLEMS,
})

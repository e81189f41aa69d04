import { DEFAULT_POLICY, type Policy } from './policy.ts'

export type PolicyField = keyof Policy

/**
 * The lowest place where a field may be decided.
 * - `installation`: on no page. Switching a defence off is for whoever has the database.
 * - `institution`: what belongs to a person, who is in many classes (enrolment, templates, accounts), and who may decide.
 * - `class`: how one class's sessions are judged; its admin decides.
 * - `teacher`: what whoever starts a session chooses anyway. Nothing here makes a check-in easier to cheat.
 */
export const POLICY_SCOPES = {
  methods: 'class',
  actions: 'class',
  actionCount: 'class',
  falseMatchRate: 'class',
  colourFlash: 'class',
  injectionChecks: 'installation',
  presenceProofs: 'class',
  presenceNeeds: 'class',
  networks: 'class',
  geofence: 'class',
  assurance: 'class',
  sessionMinutes: 'teacher',
  lateAfterMinutes: 'teacher',
  autoOpen: 'teacher',
  lateWeight: 'class',
  codeSeconds: 'class',
  offerCodeAfter: 'class',
  pauseAfter: 'class',
  pauseSeconds: 'class',
  spotCheck: 'class',
  lockDays: 'class',
  minimumPercentage: 'class',
  duplicateFalseMatchRate: 'installation',
  bulkPhotoEnrolment: 'institution',
  retentionDays: 'institution',
  teacherSignUp: 'institution',
  teachersAdjust: 'institution',
} as const satisfies Record<PolicyField, 'installation' | 'institution' | 'class' | 'teacher'>

/** Names of the fields, in the order of `Policy`. */
export const POLICY_FIELDS = Object.keys(POLICY_SCOPES) as PolicyField[]

/** Whether a class may decide a field otherwise than its institution. */
export const isOfClass = (field: PolicyField): boolean =>
  POLICY_SCOPES[field] === 'class' || POLICY_SCOPES[field] === 'teacher'

/** Whether an admin, or a teacher of the class, may decide a field there. */
export function mayDecide(
  field: PolicyField,
  { where, isAdmin, teachersAdjust }: { where: 'institution' | 'class'; isAdmin: boolean; teachersAdjust: boolean },
): boolean {
  if (POLICY_SCOPES[field] === 'installation') return false
  if (where === 'institution') return isAdmin
  if (isAdmin) return isOfClass(field)
  return teachersAdjust && POLICY_SCOPES[field] === 'teacher'
}

/** What is stored in the two places; a class's is empty where only the institution is asked. */
export type PolicyLayers = { institution: Partial<Policy>; ofClass: Partial<Policy> }

export type PolicySource = 'shipped' | 'institution' | 'class'

/** One field as it holds, where that was decided, and what it would be if it were not decided there. */
export type ExplainedField<Value> = { value: Value; source: PolicySource; inherited: Value }
export type ExplainedPolicy = { [Field in PolicyField]: ExplainedField<Policy[Field]> }

/** What a class stores of a field that is not a class's to decide is not read. */
const ofClassAlone = (stored: Partial<Policy>): Partial<Policy> =>
  Object.fromEntries(Object.entries(stored).filter(([field]) => isOfClass(field as PolicyField)))

/** The shipped policy, with what the institution says otherwise, with what the class says otherwise. */
export function mergePolicy({ institution, ofClass }: PolicyLayers): Policy {
  return { ...DEFAULT_POLICY, ...institution, ...ofClassAlone(ofClass) }
}

/** The same, field by field, with where each value comes from. */
export function explainPolicy(layers: PolicyLayers): ExplainedPolicy {
  const ofClass = ofClassAlone(layers.ofClass)
  const holds = mergePolicy(layers)
  const above = mergePolicy({ ...layers, ofClass: {} })
  const explain = (field: PolicyField): ExplainedField<unknown> => {
    if (field in ofClass) return { value: holds[field], source: 'class', inherited: above[field] }
    if (field in layers.institution)
      return { value: holds[field], source: 'institution', inherited: DEFAULT_POLICY[field] }
    return { value: holds[field], source: 'shipped', inherited: DEFAULT_POLICY[field] }
  }
  return Object.fromEntries(POLICY_FIELDS.map((field) => [field, explain(field)])) as ExplainedPolicy
}

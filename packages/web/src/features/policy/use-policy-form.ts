import { type ClassPolicyValues, type ClassPolicyView, PolicyValues, type PolicyView } from '@app/contract'
import { useState } from 'react'
import { useForm } from '../../ui/use-form.ts'

/** A class's policy lacks what belongs to persons. */
export type View = ClassPolicyView & Partial<Omit<PolicyView, keyof ClassPolicyView>>
export type Values = ClassPolicyValues & Partial<Omit<PolicyValues, keyof ClassPolicyValues>>
export type FieldName = keyof Values & string

export type PolicyChanges = { changes: Partial<Values>; reset: FieldName[] }

const namesOf = (view: View) => Object.keys(view) as FieldName[]

/** The values a view holds; every field of a view has one. */
const valuesOf = (view: View): Values =>
  Object.fromEntries(namesOf(view).map((name) => [name, view[name]?.value])) as Values

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Edits a policy: what is changed, and what shall be inherited again. */
export function usePolicyForm(view: View, save: (changes: PolicyChanges) => Promise<unknown>) {
  const [following, setFollowing] = useState<readonly FieldName[]>([])
  const form = useForm<Values>({
    initial: valuesOf(view),
    schema: PolicyValues.partial(),
    failureAt: {
      'policy-late-after-end': 'lateAfterMinutes',
      'policy-network-missing': 'networks',
      'policy-geofence-missing': 'geofence',
      'policy-assurance-needs-presence': 'assurance',
      'policy-assurance-needs-face': 'assurance',
    },
    onSubmit: (values) => {
      const changed = namesOf(view).filter(
        (name) => !following.includes(name) && !isSame(values[name], view[name]?.value),
      )
      return save({ changes: Object.fromEntries(changed.map((name) => [name, values[name]])), reset: [...following] })
    },
  })
  return {
    ...form,
    view,
    set<Name extends FieldName>(name: Name, value: Values[Name]) {
      form.set(name, value)
      setFollowing((names) => names.filter((each) => each !== name))
    },
    /** Has a field inherited again, and shows what that will be. */
    follow(name: FieldName) {
      form.set(name, view[name]?.inherited as Values[typeof name])
      setFollowing((names) => [...names, name])
    },
    follows: (name: FieldName) => following.includes(name),
  }
}

export type PolicyEdit = ReturnType<typeof usePolicyForm>

import { ENDS_BEFORE_IT_STARTS } from '@app/contract'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { ApiFailure, type FailureCode } from '../api/failure.ts'
import { useFailureText } from './use-failure-text.ts'

type FormOptions<Values> = {
  initial: Values
  /** The route's body (or a part of it): the same rules here and on the server. */
  schema: z.ZodType
  onSubmit: (values: Values) => Promise<unknown>
  /** Failures that belong at one field rather than above the form. */
  failureAt?: Partial<Record<FailureCode, keyof Values & string>>
}

/** A form that keeps what was typed, says what is wrong at the field, and goes to the first such field. */
export function useForm<Values extends Record<string, unknown>>(options: FormOptions<Values>) {
  const { initial, schema, onSubmit, failureAt = {} } = options
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const issueText = useIssueText()
  const failureText = useFailureText()
  const { t } = useTranslation()

  function set<Name extends keyof Values & string>(name: Name, value: Values[Name]) {
    setValues((before) => ({ ...before, [name]: value }))
    setErrors(({ [name]: _, ...others }) => others)
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (isSending) return
    setFailure(null)
    const found = findErrors()
    setErrors(found)
    if (Object.keys(found).length > 0) return focusFirst(form, found)
    setIsSending(true)
    try {
      await onSubmit(values)
    } catch (thrown) {
      const atFields = fieldErrorsOf(thrown)
      setErrors(atFields)
      setFailure(Object.keys(atFields).length === 0 ? thrown : null)
      focusFirst(form, atFields)
    } finally {
      setIsSending(false)
    }
  }

  function findErrors(): Record<string, string> {
    const result = schema.safeParse(values)
    if (result.success) return {}
    // The first complaint about a field is the one worth reading.
    return Object.fromEntries(result.error.issues.map((issue) => [String(issue.path[0]), issueText(issue)]).reverse())
  }

  function fieldErrorsOf(thrown: unknown): Record<string, string> {
    if (!(thrown instanceof ApiFailure)) return {}
    const at = failureAt[thrown.code]
    if (at !== undefined) return { [at]: failureText(thrown) }
    const named = thrown.fields.map(({ path }) => path.replace(/^body\./, '').split('.')[0] ?? '')
    return Object.fromEntries(named.filter((name) => name in values).map((name) => [name, t('field.notRight')]))
  }

  return {
    values,
    set,
    submit,
    isSending,
    failure,
    errorOf: (name: keyof Values & string): string | undefined => errors[name],
    /** The props of a text field of that name. */
    text: (name: keyof Values & string) => ({
      name,
      value: String(values[name]),
      error: errors[name],
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) =>
        set(name, event.currentTarget.value as Values[typeof name]),
    }),
    /** The props of a checkbox of that name. */
    check: (name: keyof Values & string) => ({
      name,
      checked: values[name] === true,
      error: errors[name],
      onChange: (event: ChangeEvent<HTMLInputElement>) => set(name, event.currentTarget.checked as Values[typeof name]),
    }),
  }
}

/** After the errors have been drawn, so that a screen reader reads the field with what is wrong with it. */
function focusFirst(form: HTMLFormElement, errors: Readonly<Record<string, string>>) {
  const field = [...form.elements].find((element) => Object.hasOwn(errors, element.getAttribute('name') ?? ''))
  if (field instanceof HTMLElement) setTimeout(() => field.focus())
}

function useIssueText(): (issue: z.core.$ZodIssue) => string {
  const { t } = useTranslation()
  return (issue) => {
    if (issue.code === 'invalid_format' && issue.format === 'email') return t('field.notAnEmail')
    if (issue.code === 'too_small' && issue.origin === 'string') {
      return Number(issue.minimum) <= 1 ? t('field.required') : t('field.tooShort', { count: Number(issue.minimum) })
    }
    if (issue.code === 'too_big' && issue.origin === 'string')
      return t('field.tooLong', { count: Number(issue.maximum) })
    if (issue.code === 'too_small' && issue.origin === 'array') return t('field.required')
    // An empty date field, and two of them the wrong way round.
    if (issue.code === 'invalid_format' && issue.format === 'date') return t('field.required')
    if (issue.code === 'custom' && issue.message === ENDS_BEFORE_IT_STARTS) return t('field.endsBeforeItStarts')
    return t('field.notRight')
  }
}

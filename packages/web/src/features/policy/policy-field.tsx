import { Button, Checkbox, NativeSelect, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import '../../ui/checkbox-styles.ts'
import classes from './policy-field.module.css'
import type { FieldName, PolicyEdit, Values } from './use-policy-form.ts'
import { useValueText } from './value-text.ts'

export type SectionProps = { edit: PolicyEdit; place: 'institution' | 'class' }

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Title order={2} size="h3" id={id}>
        {title}
      </Title>
      {children}
    </section>
  )
}

/** A control, or the value alone for who may not change it, with where it was decided; nothing where there is no such field. */
export function Field({ edit, place, name, children }: SectionProps & { name: FieldName; children: ReactNode }) {
  const { t } = useTranslation('policy')
  const valueText = useValueText()
  const field = edit.view[name]
  if (field === undefined) return null
  const isFollowing = edit.follows(name)
  const isOwn = field.source === place
  const value = valueText(name, field.inherited)
  return (
    <div>
      {field.mayChange ? (
        children
      ) : (
        <>
          <Text fw={600}>{t(name)}</Text>
          <Text>{valueText(name, field.value)}</Text>
        </>
      )}
      <p className={classes.source}>
        <span className={isOwn && !isFollowing ? classes.own : undefined}>
          {isFollowing ? t('willReset') : t(`source.${field.source}`)}
        </span>
        {isOwn && field.mayChange && !isFollowing && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('resetOf', { value, field: t(name) })}
            onClick={() => edit.follow(name)}
          >
            {t('reset', { value })}
          </Button>
        )}
      </p>
    </div>
  )
}

/** The fields of a policy whose value is of that type. */
type NameOf<Value> = { [Name in FieldName]-?: Values[Name] extends Value ? Name : never }[FieldName]

type ChoiceProps<Name extends FieldName> = SectionProps & {
  name: Name
  options: readonly NonNullable<Values[Name]>[]
  hint?: string
  /** The sentence for null, where null is a choice. */
  noneLabel?: string
}

/** A number of the usual ones, or whatever has been decided already. */
export function NumberField({ options, hint, noneLabel, ...of }: ChoiceProps<NameOf<number | null | undefined>>) {
  const { edit, name } = of
  const { t } = useTranslation('policy')
  const valueText = useValueText()
  const value = edit.values[name] ?? null
  const known = value === null || options.includes(value) ? options : [...options, value].toSorted((a, b) => a - b)
  return (
    <Field {...of}>
      <NativeSelect
        name={name}
        label={t(name)}
        description={hint}
        error={edit.errorOf(name)}
        value={String(value ?? '')}
        onChange={({ currentTarget }) =>
          edit.set(name, currentTarget.value === '' ? (null as never) : Number(currentTarget.value))
        }
        data={[
          ...(noneLabel === undefined ? [] : [{ value: '', label: noneLabel }]),
          ...known.map((each) => ({ value: String(each), label: valueText(name, each) })),
        ]}
      />
    </Field>
  )
}

type Word = 'assurance' | 'falseMatchRate' | 'presenceNeeds'

/** One of a few words. */
export function WordField<Name extends Word>({ options, hint, ...of }: ChoiceProps<Name>) {
  const { edit, name } = of
  const { t } = useTranslation('policy')
  const valueText = useValueText()
  const field: Word = name
  return (
    <Field {...of}>
      <NativeSelect
        name={name}
        label={t(field)}
        description={hint}
        error={edit.errorOf(name)}
        value={edit.values[name]}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option === currentTarget.value)
          if (chosen !== undefined) edit.set(name, chosen)
        }}
        data={options.map((value) => ({ value, label: valueText(name, value) }))}
      />
    </Field>
  )
}

type Several = 'methods' | 'actions' | 'presenceProofs'
type ItemOf<Name extends Several> = Values[Name][number]

/** Any of a few, kept in the order of `options`. */
export function SeveralField<Name extends Several>({
  options,
  labelOf,
  hint,
  tooFew,
  ...of
}: SectionProps & {
  name: Name
  options: readonly ItemOf<Name>[]
  labelOf: (item: ItemOf<Name>) => string
  hint?: string
  tooFew?: string
}) {
  const { edit, name } = of
  const { t } = useTranslation('policy')
  const field: Several = name
  return (
    <Field {...of}>
      <Checkbox.Group
        label={t(field)}
        description={hint}
        value={[...edit.values[name]]}
        error={edit.errorOf(name) === undefined ? undefined : tooFew}
        onChange={(chosen) => edit.set(name, options.filter((option) => chosen.includes(option)) as Values[Name])}
      >
        {options.map((option) => (
          <Checkbox key={option} name={name} value={option} label={labelOf(option)} mt="xs" />
        ))}
      </Checkbox.Group>
    </Field>
  )
}

/** Yes or no. */
export function SwitchField({ hint, ...of }: SectionProps & { name: NameOf<boolean | undefined>; hint?: string }) {
  const { edit, name } = of
  const { t } = useTranslation('policy')
  return (
    <Field {...of}>
      <Checkbox
        name={name}
        label={t(name)}
        description={hint}
        checked={edit.values[name] === true}
        onChange={({ currentTarget }) => edit.set(name, currentTarget.checked)}
      />
    </Field>
  )
}

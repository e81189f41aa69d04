import { listClasses, listPeopleChoices, PersonStatus, ROLES, Silence } from '@app/contract'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/use-api.tsx'
import { filterOf, type PeopleChoice, readChoice } from './choice.ts'
import classes from './people.module.css'
import { useSettled } from './use-settled.ts'

type FiltersProps = { choice: PeopleChoice; onChoice: (choice: PeopleChoice) => void }

/** What narrows the list; each is in the address. */
export function Filters({ choice, onChoice }: FiltersProps) {
  const { t } = useTranslation(['people', 'shell'])
  const isNarrowed = Object.keys(filterOf(choice)).length > 0
  const [isOpen, setIsOpen] = useState(false)
  const { sort, order } = choice
  return (
    <search className={classes.filters} data-open={isOpen}>
      <Search key={isNarrowed ? 'narrowed' : 'all'} choice={choice} onChoice={onChoice} />
      <Button
        variant="default"
        className={classes.moreFilters}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('people:filters.more')}
      </Button>
      <Selects choice={choice} onChoice={onChoice} />
      {isNarrowed && (
        <Button variant="subtle" onClick={() => onChoice(readChoice({ sort, order }))}>
          {t('people:filters.clear')}
        </Button>
      )}
    </search>
  )
}

function Search({ choice, onChoice }: FiltersProps) {
  const { t } = useTranslation('people')
  const [text, setText] = useState(choice.search ?? '')
  useSettled(text, (settled) => {
    if (settled.trim() !== (choice.search ?? '')) onChoice(readChoice({ ...choice, search: settled.trim() }))
  })
  return (
    <TextInput
      type="search"
      label={t('search')}
      placeholder={t('searchHint')}
      maxLength={100}
      className={classes.search}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}

function Selects({ choice, onChoice }: FiltersProps) {
  const { t } = useTranslation(['people', 'shell'])
  const choices = useRead(listPeopleChoices)
  const taught = useRead(listClasses)
  const select = (
    name: 'role' | 'status' | 'department' | 'batch' | 'classId' | 'face' | 'consent' | 'silent',
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <NativeSelect
      label={label}
      className={classes.select}
      value={choice[name] ?? ''}
      onChange={({ currentTarget }) => onChoice(readChoice({ ...choice, [name]: currentTarget.value || undefined }))}
      data={[{ value: '', label: t('people:filters.all') }, ...options]}
    />
  )
  const same = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const classOptions = (taught.data?.classes ?? []).map(({ id, name, subject }) => ({
    value: id,
    label: `${name}, ${subject.name}`,
  }))
  return (
    <>
      {select(
        'role',
        t('people:filters.role'),
        named(ROLES, (role) => t(`shell:roleName.${role}`)),
      )}
      {select(
        'status',
        t('people:filters.status'),
        named(PersonStatus.options, (status) => t(`people:statuses.${status}`)),
      )}
      {select('department', t('people:filters.department'), same(choices.data?.departments ?? []))}
      {select('batch', t('people:filters.batch'), same(choices.data?.batches ?? []))}
      {select('classId', t('people:filters.class'), classOptions)}
      {select(
        'face',
        t('people:filters.face'),
        named(['enrolled', 'none'] as const, (face) => t(`people:faces.${face}`)),
      )}
      {select(
        'consent',
        t('people:filters.consent'),
        named(['given', 'none'] as const, (consent) => t(`people:consents.${consent}`)),
      )}
      {select(
        'silent',
        t('people:filters.silent'),
        named(Silence.options, (age) => t(`people:silences.${age}`)),
      )}
    </>
  )
}

const named = <Value extends string>(values: readonly Value[], nameOf: (value: Value) => string) =>
  values.map((value) => ({ value, label: nameOf(value) }))

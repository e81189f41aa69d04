import type { MarkStatement, Receipt } from '@app/contract'
import { Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useTimeFormat } from '../../ui/time.tsx'
import classes from './check-receipt-screen.module.css'
import type { CheckedReceipt } from './read-receipt.ts'

/** Whether it is proved, and then what. */
export function ReceiptVerdictPanel({ checked }: { checked: CheckedReceipt }) {
  const { t } = useTranslation('audit')
  const { verdict, receipt, statement } = checked
  if (verdict.outcome !== 'proved') {
    return (
      <section className={classes.verdict}>
        <Title order={2} size="h3" className={classes.outcome}>
          <IconAlertTriangle aria-hidden /> {t(`check.${verdict.outcome}.title`)}
        </Title>
        <Text>{t(`check.${verdict.outcome}.text`)}</Text>
      </section>
    )
  }
  return (
    <section className={classes.verdict}>
      <Title order={2} size="h3" className={classes.outcome}>
        <IconCircleCheck aria-hidden /> {t('check.proved.title')}
      </Title>
      <Text>{t(`check.proved.${verdict.by}`)}</Text>
      {statement !== null && <Said statement={statement} />}
      <Beside receipt={receipt} />
    </section>
  )
}

function Said({ statement }: { statement: MarkStatement }) {
  const { t } = useTranslation(['audit', 'shell'])
  const { full } = useTimeFormat()
  const { status, method, at, held, student, session } = statement
  return (
    <>
      <Title order={3} size="h4">
        {t('audit:check.says.title')}
      </Title>
      <dl className={classes.facts}>
        <dt>{t('audit:check.says.status')}</dt>
        <dd>
          {status === null ? t('audit:check.says.noStatus') : <StatusBadge status={status} />}
          {method !== null && ` ${t(`shell:method.${method}`)}`}
          {held && `, ${t('audit:check.says.held')}`}
        </dd>
        <dt>{t('audit:check.says.at')}</dt>
        <dd>{full(at)}</dd>
        <dt>{t('audit:check.says.student')}</dt>
        <dd>{student}</dd>
        <dt>{t('audit:check.says.session')}</dt>
        <dd>{session}</dd>
      </dl>
    </>
  )
}

function Beside({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('audit')
  const { full } = useTimeFormat()
  const { institution, subjectName, className, opensAt, fullName, rollNo } = receipt
  return (
    <>
      <Title order={3} size="h4">
        {t('check.beside.title')}
      </Title>
      <Text c="dimmed">{t('check.beside.text')}</Text>
      <dl className={classes.facts}>
        <dt>{t('check.beside.institution')}</dt>
        <dd>{institution}</dd>
        <dt>{t('check.beside.class')}</dt>
        <dd>{`${subjectName}, ${className}`}</dd>
        <dt>{t('check.beside.opened')}</dt>
        <dd>{full(opensAt)}</dd>
        <dt>{t('check.beside.name')}</dt>
        <dd>{rollNo === null ? fullName : `${fullName} (${rollNo})`}</dd>
      </dl>
    </>
  )
}

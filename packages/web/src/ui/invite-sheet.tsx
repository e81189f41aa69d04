import type { InviteCard, InviteSheet } from '@app/contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './invite-sheet.module.css'
import { QrCode } from './qr-code.tsx'
import { EmptyState, Notice } from './states.tsx'
import { StepTitle } from './step-title.tsx'
import { useTimeFormat } from './time.tsx'

/** Cards to cut, one a person. They are shown this once. Whoever shows them loads the sentences of `people`. */
export function InviteSheetView({ sheet, onDone }: { sheet: InviteSheet; onDone: () => void }) {
  const { t } = useTranslation('people')
  const done = (
    <Button variant="default" onClick={onDone}>
      {t('sheet.done')}
    </Button>
  )
  if (sheet.cards.length === 0)
    return (
      <EmptyState
        title={t('sheet.none')}
        {...(sheet.passedOver > 0 ? { text: t('sheet.passedOver', { count: sheet.passedOver }) } : {})}
        action={done}
      />
    )
  return (
    <section>
      <Stack gap="md" className="no-print">
        <StepTitle>{t('sheet.title')}</StepTitle>
        <Notice>{t('sheet.lead')}</Notice>
        {sheet.passedOver > 0 && <Text>{t('sheet.passedOver', { count: sheet.passedOver })}</Text>}
        <Group gap="xs">
          <Button leftSection={<IconPrinter aria-hidden size={20} />} onClick={() => window.print()}>
            {t('sheet.print')}
          </Button>
          {done}
          <Text c="dimmed">{t('sheet.cards', { count: sheet.cards.length })}</Text>
        </Group>
      </Stack>
      <ul className={styles.cards}>
        {sheet.cards.map((card) => (
          <Card key={card.personId} card={card} sheet={sheet} />
        ))}
      </ul>
    </section>
  )
}

function Card({ card, sheet }: { card: InviteCard; sheet: InviteSheet }) {
  const { t } = useTranslation('people')
  const { day } = useTimeFormat()
  const { fullName, rollNo, link, code, signInName, expiresAt } = card
  const address = sheet.address.replace(/^https?:\/\//, '')
  return (
    <li className={styles.card}>
      <QrCode text={link} label={t('sheet.qrOf', { name: fullName })} />
      <div>
        <p className={styles.name}>{fullName}</p>
        <p>{[rollNo, sheet.institutionName].filter(Boolean).join(' · ')}</p>
        <p className={styles.small}>{t('sheet.how')}</p>
        <p className={styles.small}>{t('sheet.signIn', { name: signInName, address })}</p>
        <p className={styles.small}>{t('sheet.until', { day: day(expiresAt) })}</p>
      </div>
      <p className={styles.typed}>
        {t('sheet.typed', { address: `${address}/invite` })} <strong className={styles.code}>{code}</strong>
      </p>
    </li>
  )
}

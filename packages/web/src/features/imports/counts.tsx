import type { ImportView } from '@app/contract'
import { IMPORT_OUTCOMES } from '@app/domain'
import { useTranslation } from 'react-i18next'
import styles from './imports.module.css'

export function Counts({ counts, isDone }: { counts: ImportView['counts']; isDone: boolean }) {
  const { t } = useTranslation('imports')
  return (
    <dl className={styles.counts}>
      {IMPORT_OUTCOMES.map((outcome) => (
        <div key={outcome} data-kind={outcome} data-some={counts[outcome] > 0}>
          <dt>{t(isDone ? `outcomes.${outcome}` : `counts.${outcome}`)}</dt>
          <dd>{counts[outcome]}</dd>
        </div>
      ))}
    </dl>
  )
}

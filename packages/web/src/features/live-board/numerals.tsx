import { useTranslation } from 'react-i18next'
import { StatusShape } from '../../ui/status-badge.tsx'
import type { Counts } from './board-state.ts'
import classes from './numerals.module.css'

/** Large numbers that add up to the class. While it is open the rest is missing; afterwards it is absent. */
export function Numerals({ counts, isOpen }: { counts: Counts; isOpen: boolean }) {
  const { t } = useTranslation('live-board')
  const rest = counts.missing + counts.absent
  return (
    <dl className={classes.numerals} aria-label={t('counts.label')}>
      <Numeral kind="present" value={counts.present} />
      <Numeral kind="late" value={counts.late} />
      {counts.excused > 0 && <Numeral kind="excused" value={counts.excused} />}
      <div className={classes.numeral} data-kind={isOpen ? 'missing' : 'absent'}>
        <dt>
          {!isOpen && <StatusShape status="absent" />}
          {t(isOpen ? 'counts.missing' : 'counts.absent', { total: counts.total })}
        </dt>
        <dd>{rest}</dd>
      </div>
    </dl>
  )
}

function Numeral({ kind, value }: { kind: 'present' | 'late' | 'excused'; value: number }) {
  const { t } = useTranslation('live-board')
  return (
    <div className={classes.numeral} data-kind={kind}>
      <dt>
        <StatusShape status={kind} />
        {t(`counts.${kind}`)}
      </dt>
      <dd>{value}</dd>
    </div>
  )
}

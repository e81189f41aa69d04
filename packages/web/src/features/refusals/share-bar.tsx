import { useTranslation } from 'react-i18next'
import classes from './share-bar.module.css'

/** A part of a whole as words with a bar beside them; the bar says nothing that the words do not. */
export function ShareBar({ part, whole }: { part: number; whole: number }) {
  const percent = useShareText()
  const share = whole === 0 ? 0 : part / whole
  return (
    <div className={classes.share}>
      <span className={classes.words}>{percent(part, whole)}</span>
      <div className={classes.track} aria-hidden>
        <div className={classes.bar} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

/** `12 %`, in the language of the page. */
export function useShareText(): (part: number, whole: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 })
  return (part, whole) => format.format(whole === 0 ? 0 : part / whole)
}

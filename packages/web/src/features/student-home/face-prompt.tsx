import type { EnrolmentView } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/button-link.tsx'
import classes from './student-home.module.css'

/** The offer to set up one's face, for those who have not. */
export function FacePrompt({ face, againBecause }: Pick<EnrolmentView, 'face' | 'againBecause'>) {
  const { t } = useTranslation('student')
  if (face === 'enrolled' || face === 'held') return null
  if (face === 'needs-approval') return <p className={classes.promptText}>{t('home.needsApproval')}</p>
  const key = face === 'none' ? 'setUp' : againBecause === 'model-changed' ? 'renew' : 'again'
  return (
    <aside className={classes.prompt} aria-labelledby="face-prompt">
      <h2 id="face-prompt" className={classes.promptTitle}>
        {t(`home.${key}.title`)}
      </h2>
      <p className={classes.promptText}>{t(`home.${key}.text`)}</p>
      <ButtonLink variant="default" to="/enrol">
        {t(`home.${key}.action`)}
      </ButtonLink>
    </aside>
  )
}

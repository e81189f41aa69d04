import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import '../../ui/checkbox-styles.ts'

export type ArchivedFilter = { showArchived: boolean; onShowArchived: (shown: boolean) => void }

export function ShowArchived({ showArchived, onShowArchived }: ArchivedFilter) {
  const { t } = useTranslation('structure')
  return (
    <Checkbox
      label={t('showArchived')}
      checked={showArchived}
      onChange={({ currentTarget }) => onShowArchived(currentTarget.checked)}
    />
  )
}

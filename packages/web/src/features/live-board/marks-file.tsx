import { downloadSessionMarks } from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.tsx'
import { SheetDownloads } from '../../ui/sheet-downloads.tsx'
import { SheetRow } from '../../ui/sheet-row.tsx'

/** The marks of the session as a file, as they stand on the server. */
export function MarksFile({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation('live-board')
  const api = useApi()
  return (
    <SheetRow text={t('file.text')}>
      <SheetDownloads
        fetchSheet={(format) => api.download(downloadSessionMarks, { params: { sessionId }, query: { format } })}
        titleOf={(format) => t(`file.${format}`)}
      />
    </SheetRow>
  )
}

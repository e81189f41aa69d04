import type { Tile } from '@app/contract'
import { useTranslation } from 'react-i18next'

/** The word for a mark: the institution's own where it has one. */
export function useStatusText(): (tile: Pick<Tile, 'status' | 'ownStatus' | 'isHeld'>) => string {
  const { t } = useTranslation(['live-board', 'shell'])
  return ({ status, ownStatus, isHeld }) => {
    if (status === null) return t('live-board:tile.missing')
    if (isHeld) return t('live-board:tile.held')
    return ownStatus?.name ?? t(`shell:status.${status}`)
  }
}

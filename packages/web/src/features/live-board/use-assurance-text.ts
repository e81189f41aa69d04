import type { Assurance, Tile } from '@app/contract'
import { reachesAssurance } from '@app/domain'
import { useTranslation } from 'react-i18next'

export type AssuranceText = { level: Assurance; words: string; isBelow: boolean }

/** What a mark stands on, in words, and whether that is less than its session demands; null where there is no mark. */
export function useAssuranceText(): (tile: Tile, demanded: Assurance) => AssuranceText | null {
  const { t, i18n } = useTranslation('live-board')
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  return ({ assurance, presence }, demanded) => {
    if (assurance === null) return null
    const isBelow = !reachesAssurance(assurance, demanded)
    const shown = presence.length === 0 ? [] : [list.format(presence.map((proof) => t(`presence.${proof}`)))]
    const below = isBelow ? [t('below', { level: demanded })] : []
    return { level: assurance, words: [t(`assurance.${assurance}`), ...shown, ...below].join('. '), isBelow }
  }
}

import {
  actOnPeople,
  getOverview,
  getPerson,
  listPeople,
  listPersonHistory,
  type PeopleAction,
  type Selection,
} from '@app/contract'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-api.tsx'
import { useNotify } from '../../ui/messages.tsx'
import type { Outcome } from './outcome-dialog.tsx'

const OPPOSITE: Partial<Record<PeopleAction, PeopleAction>> = {
  invite: 'revoke-invites',
  disable: 'enable',
  enable: 'disable',
}

/** Does something to people, and offers to take it back; `onOutcome` is told what a short message cannot say. */
export function usePeopleActions(onOutcome: (outcome: Outcome) => void) {
  const { t } = useTranslation('people')
  const notify = useNotify()
  const send = useSend(actOnPeople, { changes: [listPeople, getPerson, listPersonHistory, getOverview] })

  function act(action: PeopleAction, who: Selection) {
    send.mutate(
      { body: { action, who } },
      {
        onError: notify.failed,
        onSuccess: (result) => {
          const { changed, passedOver, cards } = result
          if (passedOver.length > 0 || cards.length > 0) onOutcome({ action, result })
          if (changed.length === 0 || cards.length > 0) return
          const opposite = OPPOSITE[action]
          notify.done(
            t(`done.${action}`, { count: changed.length }),
            opposite && (() => act(opposite, { personIds: changed })),
          )
        },
      },
    )
  }

  return { act, isActing: send.isPending }
}

import { type InviteSheet, makeInviteSheet, type Selection } from '@app/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSend } from '../../api/use-api.tsx'
import { InviteSheetView } from '../../ui/invite-sheet.tsx'
import { useNotify } from '../../ui/messages.tsx'
import { Page } from '../../ui/page.tsx'
import type { PeopleChoice } from './choice.ts'
import { Directory } from './directory.tsx'
import { Filters } from './filters.tsx'
import { type Outcome, OutcomeDialog } from './outcome-dialog.tsx'
import { usePeopleActions } from './use-people-actions.ts'

type PeopleScreenProps = { choice: PeopleChoice; onChoice: (choice: PeopleChoice) => void }

/** Everybody of the institution: searched, filtered, sorted, and one thing done to many. */
export function PeopleScreen({ choice, onChoice }: PeopleScreenProps) {
  const { t } = useTranslation('people')
  const { institution } = useMe()
  const notify = useNotify()
  const print = useSend(makeInviteSheet)
  const [sheet, setSheet] = useState<InviteSheet | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const { act, isActing } = usePeopleActions(tell)

  /** Links that nobody was mailed are handed out: they become cards. */
  function tell(told: Outcome) {
    const { cards, passedOver } = told.result
    if (cards.length === 0) return setOutcome(told)
    const count = passedOver.reduce((sum, group) => sum + group.count, 0)
    setSheet({ institutionName: institution.name, address: window.location.origin, cards, passedOver: count })
  }

  const printFor = (who: Selection) => print.mutate({ body: { who } }, { onSuccess: setSheet, onError: notify.failed })

  return (
    <Page title={t('title')} lead={t('lead', { institution: institution.name })}>
      {sheet !== null ? (
        <InviteSheetView sheet={sheet} onDone={() => setSheet(null)} />
      ) : (
        <>
          <Filters choice={choice} onChoice={onChoice} />
          <Directory
            choice={choice}
            onChoice={onChoice}
            onAct={act}
            onPrint={printFor}
            isBusy={isActing || print.isPending}
          />
        </>
      )}
      {outcome !== null && <OutcomeDialog outcome={outcome} onClose={() => setOutcome(null)} />}
    </Page>
  )
}

import type { BodyOf, markByHand } from '@app/contract'

type Decision = BodyOf<typeof markByHand>

/** A teacher's decision about somebody who has no mark yet, with nothing said about it. */
export const decided = (status: Decision['status'], given: Partial<Decision> = {}): Decision => ({
  status,
  ownStatusId: null,
  reason: '',
  note: '',
  seen: null,
  ...given,
})

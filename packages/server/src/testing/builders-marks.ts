import { type BodyOf, getBoard, markByHand, type Tile } from '@app/contract'
import type { Caller, TestApp } from './app.ts'

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

/** A teacher marks, or changes what is there: whatever the mark was, they have seen it. */
export async function markAnew(
  test: TestApp,
  { as, sessionId, studentId }: { as: Caller; sessionId: string; studentId: string },
  decision: Decision,
): Promise<Tile> {
  const { body } = await test.call(getBoard, { as, params: { sessionId } })
  const seen = body.tiles.find((tile) => tile.studentId === studentId)?.version ?? null
  const marked = await test.call(markByHand, { as, params: { sessionId, studentId }, body: { ...decision, seen } })
  if (marked.error !== undefined) throw new Error(`the mark was refused: ${marked.error}`)
  return marked.body
}

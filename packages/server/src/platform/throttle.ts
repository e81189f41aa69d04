import { sql } from 'kysely'
import type { Keyring } from './crypto/keyring.ts'
import type { Database, Tx } from './db/open.ts'
import { Failure } from './failure.ts'

/** How often something may be tried before each further try has to wait, twice as long every time. */
export type Throttle = {
  /** Keeps the counters of one purpose apart from another's. */
  purpose: string
  /** Tries without any wait. */
  free: number
  firstWaitSeconds: number
  longestWaitSeconds: number
  /** Seconds after the first try when the counting starts over. */
  forgetAfterSeconds: number
}

type Deps = { db: Database; keyring: Keyring }

/**
 * Counts a try before its outcome is known, so that a hundred at once are not all free; call it outside any transaction.
 * A try that has to wait is not counted: impatience does not make it longer.
 * @param whom what is counted: an account with an address, an address
 * @throws Failure `too-many-attempts` with the seconds to wait
 */
export async function countTry(deps: Deps, throttle: Throttle, whom: string, at: Date): Promise<void> {
  const keyHash = deps.keyring.throttleKey(`${throttle.purpose}\n${whom}`)
  const blockedUntil = await deps.db.outside(async (tx) =>
    (await takeTry(tx, throttle, keyHash, at)) ? null : findBlock(tx, keyHash),
  )
  if (blockedUntil)
    throw new Failure('too-many-attempts', {
      retryAfterSeconds: Math.max(1, Math.ceil((blockedUntil.getTime() - at.getTime()) / 1000)),
    })
}

/** Forgets the tries counted so far: the right password was given. */
export async function forgetTries(deps: Deps, throttle: Throttle, whom: string): Promise<void> {
  const keyHash = deps.keyring.throttleKey(`${throttle.purpose}\n${whom}`)
  await deps.db.outside((tx) => tx.deleteFrom('throttles').where('key_hash', '=', keyHash).execute())
}

/** Takes one counted try back: it was a good one, on a counter that many people share. */
export async function returnTry(deps: Deps, throttle: Throttle, whom: string): Promise<void> {
  const keyHash = deps.keyring.throttleKey(`${throttle.purpose}\n${whom}`)
  await deps.db.outside((tx) =>
    tx
      .updateTable('throttles')
      .set({
        count: sql<number>`greatest(count - 1, 0)`,
        blocked_until: sql<Date | null>`case when count > ${throttle.free}::int then blocked_until end`,
      })
      .where('key_hash', '=', keyHash)
      .execute(),
  )
}

/** Clears counters that nobody has added to for two days. */
export async function clearOldThrottles({ db }: Pick<Deps, 'db'>, at: Date): Promise<void> {
  const twoDaysAgo = new Date(at.getTime() - 2 * 86_400_000)
  await db.outside((tx) => tx.deleteFrom('throttles').where('first_at', '<', twoDaysAgo).execute())
}

/** IPv6 callers own a /64 at least, so the whole of it is one address. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+[.]\d+[.]\d+[.]\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** True when the try counts as taken; false while the key is blocked. One statement, so parallel tries queue up on the row. */
async function takeTry(tx: Tx, throttle: Throttle, keyHash: Buffer, at: Date): Promise<boolean> {
  const forgottenAt = new Date(at.getTime() - throttle.forgetAfterSeconds * 1000)
  const count = sql`case when t.first_at <= ${forgottenAt} then 1 else t.count + 1 end`
  const { rows } = await sql`
    insert into throttles as t (key_hash, count, first_at) values (${keyHash}, 1, ${at})
    on conflict (key_hash) do update set
      count = ${count},
      first_at = case when t.first_at <= ${forgottenAt} then ${at} else t.first_at end,
      blocked_until = case when ${count} < ${throttle.free}::int then null else ${at}::timestamptz + make_interval(secs =>
        least(${throttle.longestWaitSeconds}::float8, ${throttle.firstWaitSeconds}::float8 * 2 ^ least(${count} - ${throttle.free}::int, 30)))
      end
    where t.blocked_until is null or t.blocked_until <= ${at}
    returning count`.execute(tx)
  return rows.length > 0
}

async function findBlock(tx: Tx, keyHash: Buffer): Promise<Date | null> {
  const row = await tx
    .selectFrom('throttles')
    .select('blocked_until')
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()
  return row?.blocked_until ?? null
}

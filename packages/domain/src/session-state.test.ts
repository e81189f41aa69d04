import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canTake,
  dueAt,
  LONGEST_PAUSE_MINUTES,
  SESSION_STEPS,
  type SessionLife,
  type SessionState,
  type SessionStep,
  stateAt,
} from './session-state.ts'

const MINUTE = 60_000
const START = new Date('2026-03-02T09:00:00Z')
const at = (minutes: number, ms = 0) => new Date(START.getTime() + minutes * MINUTE + ms)

const PLANNED: SessionLife = {
  opensAt: at(0),
  lateAfter: at(10),
  closesAt: at(60),
  endedAt: null,
  startedAt: null,
  pausedAt: null,
  cancelledAt: null,
}
const STARTED: SessionLife = { ...PLANNED, startedAt: at(0) }

describe('a session', () => {
  test.each<[string, Partial<SessionLife>, Date, SessionState]>([
    ['is planned long before', PLANNED, at(-5000), 'planned'],
    ['is planned while its time runs and nobody starts it', PLANNED, at(59, 59_999), 'planned'],
    ['is missed when its time is over', PLANNED, at(60), 'missed'],
    ['is missed for good', PLANNED, at(90_000), 'missed'],
    ['is open from its start', STARTED, at(0), 'open'],
    ['is open to the last moment', STARTED, at(60, -1), 'open'],
    ['has ended when its time is up, before anybody wrote it down', STARTED, at(60), 'ended'],
    ['has ended once somebody ended it', { ...STARTED, endedAt: at(20) }, at(21), 'ended'],
    ['is paused', { ...STARTED, pausedAt: at(20) }, at(21), 'paused'],
    ['is paused beyond its end, which stands still', { ...STARTED, pausedAt: at(59) }, at(70), 'paused'],
    ['has ended when a pause was forgotten', { ...STARTED, pausedAt: at(20) }, at(20 + LONGEST_PAUSE_MINUTES), 'ended'],
    ['has ended while it was paused', { ...STARTED, pausedAt: at(20), endedAt: at(25) }, at(26), 'ended'],
    ['is cancelled before it started', { ...PLANNED, cancelledAt: at(-100) }, at(-50), 'cancelled'],
    ['is cancelled and not missed', { ...PLANNED, cancelledAt: at(-100) }, at(500), 'cancelled'],
    ['is cancelled while it was open', { ...STARTED, cancelledAt: at(20) }, at(21), 'cancelled'],
    ['is cancelled and does not end', { ...STARTED, cancelledAt: at(20) }, at(500), 'cancelled'],
  ])('%s', (_, life, moment, state) => {
    expect(stateAt({ ...PLANNED, ...life }, moment)).toBe(state)
  })

  test('is due at its end, and while it is paused when the pause has been forgotten', () => {
    expect(dueAt(STARTED)).toEqual(at(60))
    expect(dueAt({ ...STARTED, pausedAt: at(59) })).toEqual(at(59 + LONGEST_PAUSE_MINUTES))
  })
})

const STATES: SessionState[] = ['planned', 'missed', 'open', 'paused', 'ended', 'cancelled']

test.each<[SessionStep, SessionState[]]>([
  ['replan', ['planned']],
  ['start', ['planned', 'missed']],
  ['extend', ['open', 'paused']],
  ['pause', ['open']],
  ['resume', ['paused']],
  ['end', ['open', 'paused']],
  ['cancel', ['planned', 'missed', 'open', 'paused']],
  ['restore', ['cancelled']],
  ['reopen', ['ended']],
])('%s is possible for one that is %j, and for no other', (step, states) => {
  expect(STATES.filter((state) => canTake(step, state)).sort()).toEqual(states.sort())
})

/** What a step does to the columns; the use cases write the same. */
const AFTER: Record<SessionStep, (life: SessionLife, now: Date) => SessionLife> = {
  replan: (life) => life,
  start: (life, now) => ({ ...life, startedAt: now, closesAt: new Date(now.getTime() + 50 * MINUTE) }),
  extend: (life, now) => ({ ...life, closesAt: new Date(Math.max(+life.closesAt, +now) + 5 * MINUTE) }),
  pause: (life, now) => ({ ...life, pausedAt: now }),
  resume: (life, now) => ({ ...life, pausedAt: null, closesAt: new Date(now.getTime() + MINUTE) }),
  end: (life, now) => ({ ...life, endedAt: now }),
  cancel: (life, now) => ({ ...life, cancelledAt: now }),
  restore: (life) => ({ ...life, cancelledAt: null }),
  reopen: (life, now) => ({ ...life, endedAt: null, pausedAt: null, closesAt: new Date(now.getTime() + 30 * MINUTE) }),
}
const LEADS_TO: Record<SessionStep, readonly SessionState[]> = {
  replan: ['planned'],
  start: ['open'],
  extend: ['open', 'paused'],
  pause: ['paused'],
  resume: ['open'],
  end: ['ended'],
  cancel: ['cancelled'],
  restore: ['planned', 'missed', 'open', 'paused', 'ended'],
  reopen: ['open'],
}

test('goes by allowed steps only to where they lead, and never back to being planned once it was started', () => {
  const steps = Object.keys(SESSION_STEPS) as SessionStep[]
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({ min: 0, max: 90 })), { maxLength: 40 }),
      (taken) => {
        let life = PLANNED
        let minute = -60
        for (const [step, wait] of taken) {
          minute += wait
          const now = at(minute)
          if (!canTake(step, stateAt(life, now))) continue
          const wasStarted = life.startedAt !== null
          life = AFTER[step](life, now)
          const state = stateAt(life, now)
          expect(LEADS_TO[step]).toContain(state)
          if (wasStarted) expect(['planned', 'missed']).not.toContain(state)
        }
      },
    ),
  )
})

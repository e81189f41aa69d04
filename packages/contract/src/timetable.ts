import { z } from 'zod'
import { Done } from './accounts.ts'
import { defineRoute } from './define-route.ts'
import { Day, ENDS_BEFORE_IT_STARTS, Instant, Note, TimeOfDay } from './fields.ts'

const Minutes = z.number().int().min(5).max(720)
const Room = z.string().trim().max(60)
/** Any day of the week that is asked for; left out, it is the present week. */
const WeekQuery = z.object({ week: Day.optional() })

/** One weekly time of a class. An empty `room` is the class's own. */
export const SlotView = z.object({
  id: z.uuid(),
  weekday: z.number().int(),
  startsAt: z.string(),
  minutes: z.number().int(),
  room: z.string(),
  validFrom: z.string(),
  validUntil: z.string(),
})
export type SlotView = z.infer<typeof SlotView>

/** A meeting as a week shows it, held or not. */
export const MeetingView = z.object({
  classId: z.uuid(),
  className: z.string(),
  subjectCode: z.string(),
  slotId: z.uuid(),
  /** The day of the slot that it stands for; an exception is made for this day. */
  slotDay: z.string(),
  day: z.string(),
  startsAt: z.string(),
  minutes: z.number().int(),
  room: z.string().nullable(),
  state: z.enum(['on', 'moved', 'moved-away', 'cancelled', 'holiday']),
  /** The reason of the exception, or the holiday's name. */
  because: z.string().nullable(),
  beginsAt: Instant,
  endsAt: Instant,
})
export type MeetingView = z.infer<typeof MeetingView>

export const WeekView = z.object({
  /** The seven days, from the institution's first day of the week on. */
  days: z.array(z.string()),
  today: z.string(),
  meetings: z.array(MeetingView),
  holidays: z.array(z.object({ name: z.string(), startsOn: z.string(), endsOn: z.string() })),
})
export type WeekView = z.infer<typeof WeekView>

/** Two meetings at the same time in one room, or of one teacher: shown, not forbidden. */
export const ClashView = z.object({
  because: z.enum(['room', 'teacher']),
  /** The room's or the teacher's name. */
  name: z.string(),
  className: z.string(),
  subjectCode: z.string(),
  /** The first day on which it happens, and how often it does within a year. */
  firstDay: z.string(),
  startsAt: z.string(),
  times: z.number().int(),
})
export type ClashView = z.infer<typeof ClashView>

export const getClassTimetable = defineRoute({
  method: 'GET',
  path: '/api/classes/:classId/timetable',
  summary: 'The weekly times of a class and one week of its meetings',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  query: WeekQuery,
  response: z.object({
    week: WeekView,
    slots: z.array(SlotView),
    term: z.object({ name: z.string(), startsOn: z.string(), endsOn: z.string() }).nullable(),
  }),
  errors: [],
})

export const getTeacherTimetable = defineRoute({
  method: 'GET',
  path: '/api/teachers/:personId/timetable',
  summary: 'One week of all the classes that somebody teaches; for themselves and for admins',
  access: ['admin', 'teacher'],
  params: z.object({ personId: z.uuid() }),
  query: WeekQuery,
  response: z.object({ fullName: z.string(), week: WeekView }),
  errors: [],
})

export const SlotFields = z
  .object({
    weekday: z.number().int().min(1).max(7),
    startsAt: TimeOfDay,
    minutes: Minutes,
    room: Room,
    validFrom: Day,
    validUntil: Day,
  })
  .refine(({ validFrom, validUntil }) => validFrom <= validUntil, {
    path: ['validUntil'],
    message: ENDS_BEFORE_IT_STARTS,
  })
export type SlotFields = z.infer<typeof SlotFields>

const SlotSaved = z.object({ slot: SlotView, clashes: z.array(ClashView) })

export const addSlot = defineRoute({
  method: 'POST',
  path: '/api/classes/:classId/slots',
  summary: 'Add a weekly time to a class; clashes of rooms and teachers come back as warnings',
  access: ['admin', 'teacher'],
  params: z.object({ classId: z.uuid() }),
  body: SlotFields,
  response: SlotSaved,
  errors: ['class-archived'],
})

export const changeSlot = defineRoute({
  method: 'PUT',
  path: '/api/slots/:slotId',
  summary: 'Change a weekly time; to keep the past as it was, end it and add another',
  access: ['admin', 'teacher'],
  params: z.object({ slotId: z.uuid() }),
  body: SlotFields,
  response: SlotSaved,
  errors: ['class-archived'],
})

export const deleteSlot = defineRoute({
  method: 'DELETE',
  path: '/api/slots/:slotId',
  summary: 'Delete a weekly time that no session was made from',
  access: ['admin', 'teacher'],
  params: z.object({ slotId: z.uuid() }),
  response: Done,
  errors: ['still-in-use'],
})

const SlotDayParams = z.object({ slotId: z.uuid(), day: Day })

export const changeMeeting = defineRoute({
  method: 'PUT',
  path: '/api/slots/:slotId/days/:day',
  summary: 'Cancel one meeting of a weekly time, or move it',
  access: ['admin', 'teacher'],
  params: SlotDayParams,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('cancelled'), reason: Note }),
    z.object({
      kind: z.literal('moved'),
      reason: Note,
      movedTo: Day,
      startsAt: TimeOfDay,
      minutes: Minutes,
      room: Room,
    }),
  ]),
  response: z.object({ clashes: z.array(ClashView) }),
  errors: ['no-meeting-then', 'class-archived'],
})

export const restoreMeeting = defineRoute({
  method: 'DELETE',
  path: '/api/slots/:slotId/days/:day',
  summary: 'Let one meeting be held as its weekly time says',
  access: ['admin', 'teacher'],
  params: SlotDayParams,
  response: Done,
  errors: [],
})

import type { MeetingView, WeekView as Week } from '@app/contract'
import { Text } from '@mantine/core'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useDayFormat } from '../../ui/days.ts'
import { hoursOf, lanesOf, minuteOf } from './lanes.ts'
import classes from './week-view.module.css'

type WeekViewProps = {
  week: Week
  /** In a week of many classes each meeting says whose it is. */
  showsClass: boolean
  onMeeting: (meeting: MeetingView) => void
}

const spanOf = ({ startsAt, minutes }: MeetingView) => ({ start: minuteOf(startsAt), minutes })

/** A list of days on a phone, a grid of hours where there is room: the same list either way. */
export function WeekView({ week, showsClass, onMeeting }: WeekViewProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const { first, last } = hoursOf(week.meetings.map(spanOf))
  const hours = Array.from({ length: last - first }, (_, i) => first + i)
  return (
    <>
      {week.meetings.length === 0 && <Text c="dimmed">{t('week.empty')}</Text>}
      <div className={classes.week} style={{ '--first': first, '--hours': hours.length } as CSSProperties}>
        <div className={classes.hours} aria-hidden>
          {hours.map((hour) => (
            <span key={hour}>{days.time(`${String(hour).padStart(2, '0')}:00`)}</span>
          ))}
        </div>
        <ol className={classes.days}>
          {week.days.map((day) => (
            <Day
              key={day}
              day={day}
              week={week}
              meetings={week.meetings.filter((meeting) => meeting.day === day)}
              showsClass={showsClass}
              onMeeting={onMeeting}
            />
          ))}
        </ol>
      </div>
    </>
  )
}

type DayProps = WeekViewProps & { day: string; meetings: readonly MeetingView[] }

function Day({ day, week, meetings, showsClass, onMeeting }: DayProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const holiday = week.holidays.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn)
  const lanes = lanesOf(meetings.map(spanOf))
  return (
    <li className={classes.day} data-today={day === week.today}>
      <h3 className={classes.date}>
        {days.short(day)}
        {day === week.today && <span className={classes.today}> {t('week.today')}</span>}
        {holiday !== undefined && <span className={classes.holiday}>{holiday.name}</span>}
      </h3>
      <ol className={classes.meetings} data-holiday={holiday !== undefined}>
        {meetings.map((meeting, i) => (
          <li
            key={`${meeting.slotId} ${meeting.slotDay} ${meeting.state}`}
            className={classes.place}
            style={
              {
                '--start': minuteOf(meeting.startsAt),
                '--minutes': meeting.minutes,
                '--lane': lanes[i]?.lane ?? 0,
                '--lanes': lanes[i]?.lanes ?? 1,
              } as CSSProperties
            }
          >
            <Meeting meeting={meeting} showsClass={showsClass} onMeeting={onMeeting} />
          </li>
        ))}
        {meetings.length === 0 && <li className={classes.nothing}>{t('week.nothing')}</li>}
      </ol>
    </li>
  )
}

type MeetingProps = Pick<WeekViewProps, 'showsClass' | 'onMeeting'> & { meeting: MeetingView }

function Meeting({ meeting, showsClass, onMeeting }: MeetingProps) {
  const { t } = useTranslation('timetable')
  const days = useDayFormat()
  const { className, subjectCode, startsAt, minutes, room, state, because } = meeting
  return (
    <button type="button" className={classes.meeting} data-state={state} onClick={() => onMeeting(meeting)}>
      <span className={classes.time}>{days.span(startsAt, minutes)}</span>
      {state !== 'on' && <span className={classes.state}>{t(`meeting.states.${state}`)}</span>}
      {showsClass && (
        <span className={classes.name}>
          {subjectCode} {className}
        </span>
      )}
      {room !== null && <span>{t('meeting.room', { room })}</span>}
      {because !== null && <span className={classes.because}>{because}</span>}
    </button>
  )
}

-- The life of a session: a pause that was forgotten ends it, a planned one may open by itself, a plan follows its timetable.

alter table sessions
  -- Somebody changed this planned session itself: the timetable no longer does.
  add column replanned_at timestamptz,
  -- The timetable took it away and may bring it back; what a person cancelled stays cancelled.
  add column withdrawn boolean not null default false,
  add check (not withdrawn or (cancelled_at is not null and started_at is null));

create index sessions_planned on sessions (opens_at) where started_at is null and cancelled_at is null;
create index sessions_by_slot on sessions (institution_id, slot_id, slot_date) where slot_id is not null;

drop function list_due_sessions(timestamptz);
create function list_due_sessions(now timestamptz, longest_pause interval)
  returns table (institution_id uuid, session_id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select s.institution_id, s.id from sessions s
    where s.started_at is not null and s.ended_at is null and s.cancelled_at is null
      and case when s.paused_at is null then s.closes_at else s.paused_at + longest_pause end <= now
    order by s.closes_at limit 100;
  end;

-- Planned sessions whose time has come; whether one opens by itself is its class's policy, which is asked inside the wall.
create function list_sessions_in_their_time(now timestamptz)
  returns table (institution_id uuid, session_id uuid, class_id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select s.institution_id, s.id, s.class_id from sessions s
    where s.started_at is null and s.cancelled_at is null and s.opens_at <= now and s.closes_at > now
    order by s.opens_at, s.id;
  end;

revoke execute on function list_due_sessions, list_sessions_in_their_time from public;
grant execute on function list_due_sessions, list_sessions_in_their_time to smart_attendance_app;

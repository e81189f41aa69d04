-- Terms, holidays, departments, the weekly timetable, guardians; and sessions that are planned before they are started.

-- Search by any part of a name stays quick at 50,000 people.
create extension if not exists pg_trgm;

-- 1 Monday to 7 Sunday, as ISO 8601 counts.
alter table institutions add column week_start int not null default 1 check (week_start between 1 and 7);

create table terms (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  name text not null,
  starts_on date not null,
  ends_on date not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (institution_id, id),
  check (starts_on <= ends_on)
);
create unique index terms_name on terms (institution_id, lower(name));

create table holidays (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  name text not null,
  starts_on date not null,
  ends_on date not null,
  created_at timestamptz not null,
  primary key (institution_id, id),
  check (starts_on <= ends_on)
);
create index holidays_by_day on holidays (institution_id, starts_on);

-- What people's `department` names; a person's is kept as text, because a sheet may name one that nobody has made.
create table departments (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  name text not null,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (institution_id, id)
);
create unique index departments_name on departments (institution_id, lower(name));

alter table subjects
  add column department_id uuid,
  add column archived_at timestamptz,
  add foreign key (institution_id, department_id) references departments (institution_id, id);

alter table classes
  add column term_id uuid,
  add column room text,
  add column archived_at timestamptz,
  -- What the class's policy says otherwise than the institution's.
  add column policy jsonb not null default '{}',
  add foreign key (institution_id, term_id) references terms (institution_id, id);

-- One weekly meeting of a class, in the institution's own time of day.
create table timetable_slots (
  institution_id uuid not null,
  id uuid not null,
  class_id uuid not null,
  weekday int not null check (weekday between 1 and 7),
  starts_at time not null,
  minutes int not null check (minutes between 1 and 1440),
  room text,
  valid_from date not null,
  valid_until date not null,
  created_at timestamptz not null,
  primary key (institution_id, id),
  foreign key (institution_id, class_id) references classes (institution_id, id),
  check (valid_from <= valid_until)
);
create index timetable_slots_of_class on timetable_slots (institution_id, class_id);

-- What is otherwise on one day of a slot: it does not meet, or meets at another time.
create table timetable_exceptions (
  institution_id uuid not null,
  slot_id uuid not null,
  on_date date not null,
  kind text not null check (kind in ('cancelled', 'moved')),
  moved_to date,
  starts_at time,
  minutes int check (minutes between 1 and 1440),
  room text,
  reason text,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (institution_id, slot_id, on_date),
  foreign key (institution_id, slot_id) references timetable_slots (institution_id, id) on delete cascade,
  check ((kind = 'moved') = (moved_to is not null and starts_at is not null and minutes is not null))
);

-- Read-only eyes on a student.
create table guardianships (
  institution_id uuid not null,
  guardian_id uuid not null,
  student_id uuid not null,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (institution_id, guardian_id, student_id),
  foreign key (institution_id, guardian_id) references people (institution_id, id),
  foreign key (institution_id, student_id) references people (institution_id, id)
);
create index guardianships_of_student on guardianships (institution_id, student_id);

-- Two students who were one: the row that went into the other keeps its history and points there.
alter table people
  add column merged_into uuid,
  add foreign key (institution_id, merged_into) references people (institution_id, id);

-- A session is planned until somebody starts it; one that nobody started counts for nobody.
alter table sessions
  add column started_at timestamptz,
  add column planned_by uuid,
  add column planned_opens_at timestamptz,
  add column planned_closes_at timestamptz,
  -- The meeting of the timetable that it is: one session each.
  add column slot_id uuid,
  add column slot_date date,
  add column room text,
  add column paused_at timestamptz,
  add column cancelled_at timestamptz,
  add column cancelled_by uuid,
  add column cancelled_because text,
  alter column started_by drop not null,
  add foreign key (institution_id, slot_id) references timetable_slots (institution_id, id);
update sessions set started_at = opens_at;
alter table sessions
  add check ((started_at is null) = (started_by is null)),
  add check (started_at is not null or ended_at is null),
  add check ((slot_id is null) = (slot_date is null));
create unique index sessions_of_slot on sessions (institution_id, slot_id, slot_date) where cancelled_at is null;

drop index sessions_open;
create unique index sessions_open on sessions (institution_id, class_id)
  where started_at is not null and ended_at is null and cancelled_at is null;
drop index sessions_due;
create index sessions_due on sessions (closes_at) where started_at is not null and ended_at is null and cancelled_at is null;

create or replace function list_due_sessions(now timestamptz)
  returns table (institution_id uuid, session_id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select s.institution_id, s.id from sessions s
    where s.started_at is not null and s.ended_at is null and s.cancelled_at is null and s.closes_at <= now
    order by s.closes_at limit 100;
  end;

do $$
declare walled text;
begin
  foreach walled in array array['terms', 'holidays', 'departments', 'timetable_slots', 'timetable_exceptions', 'guardianships']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
    execute format('grant select, insert, update, delete on %I to smart_attendance_app', walled);
  end loop;
end $$;

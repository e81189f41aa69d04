-- Every table below carries institution_id in its key and is walled off by row-level security.
-- The server works as role smart_attendance_app, which owns nothing and cannot bypass it; each transaction names its institution.

do $$ begin
  if not exists (select from pg_roles where rolname = 'smart_attendance_app') then
    create role smart_attendance_app nologin nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of the same cluster was quicker
end $$;
grant smart_attendance_app to current_user;
grant usage on schema public to smart_attendance_app;

-- The institution of the running transaction; null outside one, so that every row is out of sight.
create function current_institution() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.institution_id', true), '')::uuid;

create table institutions (
  id uuid primary key,
  name text not null check (length(name) between 2 and 200),
  time_zone text not null,
  locale text not null default 'en',
  is_demo boolean not null default false,
  -- What the policy says otherwise than the defaults in domain/policy.ts.
  policy jsonb not null default '{}',
  created_at timestamptz not null
);

-- The institution's data key, wrapped by a key that is not in the database; the highest version seals, all of them open.
create table institution_keys (
  institution_id uuid not null references institutions (id),
  version int not null,
  wrapped_key bytea not null,
  created_at timestamptz not null,
  primary key (institution_id, version)
);

create table people (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  full_name text not null,
  email text check (email = lower(email)),
  phone text,
  roll_no text,
  batch text,
  department text,
  status text not null check (status in ('invited', 'awaiting-approval', 'active', 'disabled')),
  password_hash text,
  -- Set when a teacher or an admin lets an enrolled student enrol once more.
  may_enrol_again boolean not null default false,
  -- Outlives the template: taking consent back is no way round a second enrolment's approval.
  enrolled_once boolean not null default false,
  -- What this person is never asked for in front of the camera.
  cannot_do text[] not null default '{}',
  created_at timestamptz not null,
  primary key (institution_id, id)
);
-- institution_id comes last: in front, a database without statistics takes these for the primary key, and each row that
-- refers to a person reads the whole institution (an import of 5,000 into a fresh database: 5 s instead of 0.1 s).
create unique index people_email on people (email, institution_id);
create unique index people_roll_no on people (lower(roll_no), institution_id);
create index people_sign_in_email on people (email) where password_hash is not null;
create index people_sign_in_roll_no on people (lower(roll_no)) where password_hash is not null;

create table person_roles (
  institution_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'teacher', 'student', 'guardian')),
  primary key (institution_id, person_id, role),
  foreign key (institution_id, person_id) references people (institution_id, id)
);

create table invites (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id)
);
create unique index invites_token on invites (institution_id, token_hash);
create index invites_of_person on invites (institution_id, person_id) where used_at is null and revoked_at is null;

-- A login is one sign-in on one device: the family of its refresh tokens.
create table logins (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  device text not null,
  started_at timestamptz not null,
  last_used_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('signed-out', 'ended-by-person', 'password-changed', 'token-reused', 'disabled')),
  primary key (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id)
);
create index logins_of_person on logins (institution_id, person_id) where ended_at is null;

create table refresh_tokens (
  institution_id uuid not null,
  token_hash bytea not null,
  login_id uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  primary key (institution_id, token_hash),
  foreign key (institution_id, login_id) references logins (institution_id, id) on delete cascade
);
create index refresh_tokens_of_login on refresh_tokens (institution_id, login_id);

create table subjects (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  code text not null,
  name text not null,
  created_at timestamptz not null,
  primary key (institution_id, id)
);
create unique index subjects_code on subjects (institution_id, lower(code));

create table classes (
  institution_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (institution_id, id),
  foreign key (institution_id, subject_id) references subjects (institution_id, id)
);
create unique index classes_name on classes (institution_id, subject_id, lower(name));

create table class_teachers (
  institution_id uuid not null,
  class_id uuid not null,
  person_id uuid not null,
  primary key (institution_id, class_id, person_id),
  foreign key (institution_id, class_id) references classes (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id)
);
create index class_teachers_of_person on class_teachers (institution_id, person_id);

-- One row for each stay: someone who left and came back has two.
create table class_students (
  institution_id uuid not null,
  class_id uuid not null,
  person_id uuid not null,
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (institution_id, class_id, person_id, joined_at),
  foreign key (institution_id, class_id) references classes (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id),
  check (left_at is null or left_at >= joined_at)
);
create unique index class_students_now on class_students (institution_id, class_id, person_id) where left_at is null;
create index class_students_of_person on class_students (institution_id, person_id);

create table sessions (
  institution_id uuid not null,
  id uuid not null,
  class_id uuid not null,
  opens_at timestamptz not null,
  late_after timestamptz not null,
  closes_at timestamptz not null,
  ended_at timestamptz,
  methods text[] not null,
  started_by uuid not null,
  -- Number of the last live event; taking the next one locks this row, so numbers have no gaps and commit in order.
  event_seq bigint not null default 0,
  primary key (institution_id, id),
  foreign key (institution_id, class_id) references classes (institution_id, id),
  foreign key (institution_id, started_by) references people (institution_id, id),
  check (opens_at < closes_at and late_after >= opens_at)
);
create index sessions_of_class on sessions (institution_id, class_id, opens_at desc);
create unique index sessions_open on sessions (institution_id, class_id) where ended_at is null;
create index sessions_due on sessions (closes_at) where ended_at is null;

-- The mark. The key is what makes a second one impossible, whatever races.
create table records (
  institution_id uuid not null,
  session_id uuid not null,
  student_id uuid not null,
  status text not null check (status in ('present', 'late', 'excused', 'absent')),
  method text not null check (method in ('face', 'code', 'hand', 'closing')),
  assurance text check (assurance in ('A', 'B', 'C', 'D')),
  marked_at timestamptz not null,
  marked_by uuid,
  reason text,
  primary key (institution_id, session_id, student_id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, student_id) references people (institution_id, id)
);
create index records_of_student on records (institution_id, student_id);

create table session_events (
  institution_id uuid not null,
  session_id uuid not null,
  seq bigint not null,
  event jsonb not null,
  at timestamptz not null,
  primary key (institution_id, session_id, seq),
  foreign key (institution_id, session_id) references sessions (institution_id, id)
);

create table audit_log (
  institution_id uuid not null references institutions (id),
  id bigint generated always as identity,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  subject_id uuid,
  session_id uuid,
  old_value jsonb,
  new_value jsonb,
  reason text,
  primary key (institution_id, id)
);
create index audit_of_subject on audit_log (institution_id, subject_id, id);

create table consents (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  notice_version text not null,
  given_at timestamptz not null,
  given_by uuid not null,
  withdrawn_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id)
);
create unique index consents_now on consents (institution_id, person_id) where withdrawn_at is null;

-- Sealed with the institution's key; only templates of one model can be compared.
create table face_templates (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  model text not null,
  key_version int not null,
  sealed bytea not null,
  frames int not null,
  created_at timestamptz not null,
  primary key (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id),
  foreign key (institution_id, key_version) references institution_keys (institution_id, version)
);
create unique index face_templates_of_person on face_templates (institution_id, person_id, model);

create table enrolment_holds (
  institution_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  looks_like_id uuid not null,
  model text not null,
  key_version int not null,
  sealed bytea,
  frames int not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('accept', 'discard', 'withdrawn')),
  primary key (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id),
  foreign key (institution_id, looks_like_id) references people (institution_id, id)
);
create unique index enrolment_holds_open on enrolment_holds (institution_id, person_id) where decided_at is null;

create table challenges (
  institution_id uuid not null,
  id uuid not null,
  purpose text not null check (purpose in ('check-in', 'enrolment')),
  person_id uuid not null,
  login_id uuid not null,
  session_id uuid,
  actions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  -- When the upload that spent it was answered; until then the person's next upload waits.
  settled_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id),
  foreign key (institution_id, login_id) references logins (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  check ((purpose = 'check-in') = (session_id is not null))
);
create index challenges_of_person on challenges (institution_id, person_id, created_at desc);

-- A try to be marked (or to enrol) that was judged; accepted ones too, so that rates can be told.
create table attempts (
  institution_id uuid not null,
  id uuid not null,
  challenge_id uuid not null,
  person_id uuid not null,
  session_id uuid,
  at timestamptz not null,
  outcome text not null check (outcome in ('accepted', 'held', 'refused')),
  because text,
  action text,
  camera_label text not null,
  -- For the page that shows whom the camera refuses more often than others.
  device_kind text not null check (device_kind in ('phone', 'tablet', 'computer', 'unknown')),
  light text not null check (light in ('dim', 'normal', 'bright', 'unknown')),
  primary key (institution_id, id),
  foreign key (institution_id, challenge_id) references challenges (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id)
);
create unique index attempts_of_challenge on attempts (institution_id, challenge_id);
create index attempts_of_session on attempts (institution_id, session_id, person_id, at);
create index attempts_by_time on attempts (institution_id, at);

-- What the frames of an upload looked like, coarsely, for a day: the same ones sent once more are recognised by it.
-- `marks` are a few of the hashes that find the uploads worth comparing.
create table frame_hashes (
  institution_id uuid not null,
  challenge_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  hashes text[] not null,
  marks text[] not null,
  primary key (institution_id, challenge_id),
  foreign key (institution_id, challenge_id) references challenges (institution_id, id)
);
create index frame_hashes_by_time on frame_hashes (institution_id, at);

-- Counters against guessing. No institution: an address is counted before anybody is known, an account by its hash.
create table throttles (
  key_hash bytea primary key,
  count int not null,
  first_at timestamptz not null,
  blocked_until timestamptz
);

do $$
declare walled text;
begin
  foreach walled in array array['institution_keys', 'people', 'person_roles', 'invites', 'logins', 'refresh_tokens', 'subjects',
    'classes', 'class_teachers', 'class_students', 'sessions', 'records', 'session_events', 'audit_log', 'consents',
    'face_templates', 'enrolment_holds', 'challenges', 'attempts', 'frame_hashes']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
  end loop;
end $$;
alter table institutions enable row level security;
create policy wall on institutions using (id = current_institution()) with check (id = current_institution());

grant select, insert, update, delete on all tables in schema public to smart_attendance_app;
revoke update, delete on audit_log, session_events from smart_attendance_app;
grant usage on all sequences in schema public to smart_attendance_app;

-- The few questions that must be asked before an institution is known; each gives no more than its asker needs.

create function find_sign_ins(identifier text)
  returns table (institution_id uuid, institution_name text, person_id uuid, password_hash text, status text)
  language sql stable security definer set search_path = public
  begin atomic
    select p.institution_id, i.name, p.id, p.password_hash, p.status
    from people p join institutions i on i.id = p.institution_id
    where p.password_hash is not null and (p.email = lower(identifier) or lower(p.roll_no) = lower(identifier))
    order by p.created_at limit 5;
  end;

create function list_installation()
  returns table (id uuid, name text, is_demo boolean, policy jsonb)
  language sql stable security definer set search_path = public
  begin atomic select i.id, i.name, i.is_demo, i.policy from institutions i order by i.created_at; end;

create function list_due_sessions(now timestamptz)
  returns table (institution_id uuid, session_id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select s.institution_id, s.id from sessions s where s.ended_at is null and s.closes_at <= now order by s.closes_at limit 100;
  end;

create function delete_frame_hashes(before timestamptz) returns void
  language sql volatile security definer set search_path = public
  begin atomic delete from frame_hashes f where f.at < before; end;

revoke execute on function find_sign_ins, list_installation, list_due_sessions, delete_frame_hashes from public;
grant execute on function find_sign_ins, list_installation, list_due_sessions, delete_frame_hashes to smart_attendance_app;

-- The migrator made its own table before the grant above: the application must not rewrite history.
do $$ begin
  if to_regclass('public.schema_migrations') is not null then
    revoke all on schema_migrations from smart_attendance_app;
  end if;
end $$;

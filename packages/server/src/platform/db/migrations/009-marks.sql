-- An institution's own statuses, marks that know their version, locks, guests, spot checks, one face of two accounts.

create table statuses (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  name text not null,
  -- What it is among the four that every list knows.
  base text not null check (base in ('present', 'late', 'excused', 'absent')),
  -- What one such mark counts, 0 to 1; null where the session is not counted at all.
  weight numeric(3, 2) check (weight between 0 and 1),
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (institution_id, id)
);
create unique index statuses_name on statuses (institution_id, lower(name));

-- One count for all, so that a mark that was taken back and made anew is never taken for the one that was seen.
create sequence record_versions;

alter table records
  add column custom_status_id uuid,
  add column note text,
  -- Changes with every change of the mark: who changes it says which one they saw.
  add column version bigint not null default nextval('record_versions'),
  -- Set while one face was seen for two accounts and nobody has decided: it counts for nobody.
  add column held_at timestamptz,
  add foreign key (institution_id, custom_status_id) references statuses (institution_id, id);

-- An admin lets the marks of a session be changed once more after the lock.
create table session_unlocks (
  institution_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  unlocked_at timestamptz not null,
  unlocked_by uuid not null,
  until timestamptz not null,
  reason text not null,
  primary key (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, unlocked_by) references people (institution_id, id)
);
create index session_unlocks_of_session on session_unlocks (institution_id, session_id, until desc);

-- Somebody who is not on the class's list, in this session only, until they are matched to an account.
create table session_guests (
  institution_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  full_name text not null,
  note text,
  added_at timestamptz not null,
  added_by uuid not null,
  matched_id uuid,
  matched_at timestamptz,
  matched_by uuid,
  primary key (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, added_by) references people (institution_id, id),
  foreign key (institution_id, matched_id) references people (institution_id, id)
);
create index session_guests_of_session on session_guests (institution_id, session_id);

-- A marked student who was asked to show once more that they are there.
create table spot_checks (
  institution_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  student_id uuid not null,
  asked_at timestamptz not null,
  -- Null where the policy asked, at random.
  asked_by uuid,
  due_at timestamptz not null,
  answered_at timestamptz,
  answer text check (answer in ('face', 'code', 'teacher')),
  answered_by uuid,
  primary key (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, student_id) references people (institution_id, id),
  check ((answered_at is null) = (answer is null))
);
create index spot_checks_of_session on spot_checks (institution_id, session_id, student_id);
-- When the server asks by itself, drawn as the session starts; null where the policy asks nobody.
alter table sessions add column spot_check_at timestamptz;

-- The faces that were marked in an open session, sealed, so that one face of two accounts is noticed; gone when it ends.
create table session_faces (
  institution_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  model text not null,
  key_version int not null,
  sealed bytea not null,
  at timestamptz not null,
  primary key (institution_id, session_id, person_id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id),
  foreign key (institution_id, key_version) references institution_keys (institution_id, version)
);

create table face_conflicts (
  institution_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  -- In the order of their ids, so that one pair is one row.
  first_id uuid not null,
  second_id uuid not null,
  at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('both', 'first', 'second', 'neither')),
  primary key (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, first_id) references people (institution_id, id),
  foreign key (institution_id, second_id) references people (institution_id, id),
  check (first_id < second_id),
  check ((decided_at is null) = (decision is null))
);
create unique index face_conflicts_of_pair on face_conflicts (institution_id, session_id, first_id, second_id);

-- Two people who look alike and are known to be two.
create table twins (
  institution_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  declared_at timestamptz not null,
  declared_by uuid not null,
  primary key (institution_id, first_id, second_id),
  foreign key (institution_id, first_id) references people (institution_id, id),
  foreign key (institution_id, second_id) references people (institution_id, id),
  check (first_id < second_id)
);

grant usage on sequence record_versions to smart_attendance_app;

do $$
declare walled text;
begin
  foreach walled in array array['statuses', 'session_unlocks', 'session_guests', 'spot_checks', 'session_faces', 'face_conflicts', 'twins']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
    execute format('grant select, insert, update, delete on %I to smart_attendance_app', walled);
  end loop;
end $$;

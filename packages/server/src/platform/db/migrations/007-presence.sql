-- What a session asks of a check-in, decided when it starts: a change of policy never breaks one that is open.
alter table sessions
  add column code_seconds int not null default 5 check (code_seconds between 3 and 60),
  add column assurance text not null default 'D' check (assurance in ('A', 'B', 'C', 'D')),
  add column presence_proofs text[] not null default '{}' check (presence_proofs <@ array['room-code', 'network', 'geofence']),
  add column presence_needs text not null default 'all' check (presence_needs in ('any', 'all'));

-- What was shown of being in the room, when a mark was made.
alter table records
  add column presence text[] not null default '{}' check (presence <@ array['room-code', 'network', 'geofence']);

-- What a student has shown of being in the room, for one challenge. Of a position only whether it lies inside the fence
-- and how far beyond it, coarsely: where somebody was is not kept.
create table presence_proofs (
  institution_id uuid not null,
  challenge_id uuid not null,
  proof text not null check (proof in ('room-code', 'geofence')),
  is_proven boolean not null,
  place text check (place in ('inside', 'outside', 'inaccurate', 'stale')),
  distance text check (distance in ('inside', 'within-100-m', 'within-1-km', 'within-10-km', 'farther')),
  session_id uuid not null,
  person_id uuid not null,
  code_counter bigint,
  at timestamptz not null,
  primary key (institution_id, challenge_id, proof),
  foreign key (institution_id, challenge_id) references challenges (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, person_id) references people (institution_id, id),
  check ((proof = 'geofence') = (place is not null)),
  check ((proof = 'room-code') = (code_counter is not null))
);
-- A code counts once per student: one that was shown with a refused face is not shown again with the next.
create unique index presence_codes on presence_proofs (institution_id, session_id, person_id, code_counter)
  where code_counter is not null;

alter table presence_proofs enable row level security;
create policy wall on presence_proofs using (institution_id = current_institution()) with check (institution_id = current_institution());
grant select, insert, update on presence_proofs to smart_attendance_app;

-- What students ask for: that a mark be corrected, or that they be away. Files lie outside the database, under the id of their row.

create table correction_requests (
  institution_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  student_id uuid not null,
  wanted text not null check (wanted in ('present', 'late', 'excused')),
  reason text not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  answer text check (answer in ('granted', 'declined', 'withdrawn')),
  note text,
  primary key (institution_id, id),
  foreign key (institution_id, session_id) references sessions (institution_id, id),
  foreign key (institution_id, student_id) references people (institution_id, id),
  foreign key (institution_id, answered_by) references people (institution_id, id),
  check ((answered_at is null) = (answer is null))
);
-- One open request for one mark.
create unique index correction_requests_open on correction_requests (institution_id, session_id, student_id) where answer is null;
create index correction_requests_of_student on correction_requests (institution_id, student_id, asked_at desc);
create index correction_requests_by_time on correction_requests (institution_id, asked_at desc, id);

create table leave_requests (
  institution_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  from_day date not null,
  until_day date not null,
  reason text not null,
  asked_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, student_id) references people (institution_id, id),
  check (from_day <= until_day)
);
create index leave_requests_of_student on leave_requests (institution_id, student_id, asked_at desc);

-- Each class answers for itself: whoever excuses from sports does not excuse from an examination.
create table leave_classes (
  institution_id uuid not null,
  leave_id uuid not null,
  class_id uuid not null,
  answered_at timestamptz,
  answered_by uuid,
  answer text check (answer in ('granted', 'declined')),
  note text,
  primary key (institution_id, leave_id, class_id),
  foreign key (institution_id, leave_id) references leave_requests (institution_id, id),
  foreign key (institution_id, class_id) references classes (institution_id, id),
  foreign key (institution_id, answered_by) references people (institution_id, id),
  check ((answered_at is null) = (answer is null))
);
create index leave_classes_of_class on leave_classes (institution_id, class_id);

create table request_files (
  institution_id uuid not null,
  id uuid not null,
  correction_id uuid,
  leave_id uuid,
  kind text not null check (kind in ('jpeg', 'png', 'webp', 'pdf')),
  bytes int not null check (bytes > 0),
  added_at timestamptz not null,
  primary key (institution_id, id),
  foreign key (institution_id, correction_id) references correction_requests (institution_id, id),
  foreign key (institution_id, leave_id) references leave_requests (institution_id, id),
  check ((correction_id is null) <> (leave_id is null))
);
create index request_files_of_correction on request_files (institution_id, correction_id);
create index request_files_of_leave on request_files (institution_id, leave_id);

do $$
declare walled text;
begin
  foreach walled in array array['correction_requests', 'leave_requests', 'leave_classes', 'request_files']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
    execute format('grant select, insert, update, delete on %I to smart_attendance_app', walled);
  end loop;
end $$;

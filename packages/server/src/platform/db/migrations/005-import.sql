-- Imports: a file is read once into rows that can be looked at, corrected, taken and, for some days, taken back.

create table imports (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  file_name text not null,
  -- Null while nobody has said what the columns mean.
  kind text check (kind in ('students', 'teachers', 'classes', 'enrolments', 'oneroster')),
  -- The class that a sheet of students was dropped on.
  class_id uuid,
  state text not null check (state in ('reading', 'unmapped', 'ready', 'taking', 'taken', 'undone')),
  -- Rows up to this one are titles and the header; 0 when the first row is data already.
  header_n int not null default 0,
  titles jsonb not null default '[]',
  mapping jsonb not null default '[]',
  -- What is not read: columns of a sheet, people and lines of a zip.
  ignored jsonb not null default '[]',
  counts jsonb not null default '{}',
  -- Departments and subjects that were made on the way, so that they can be taken back.
  made jsonb not null default '[]',
  progress_done int not null default 0,
  progress_total int not null default 0,
  progress_at timestamptz,
  cancel_asked boolean not null default false,
  -- Why the last attempt to take it took nothing.
  failed_because text check (failed_because in ('cancelled', 'interrupted', 'not-allowed', 'broken')),
  -- Rows that turned out otherwise than in the preview.
  differing int not null default 0,
  created_at timestamptz not null,
  created_by uuid not null,
  taken_at timestamptz,
  taken_by uuid,
  undone_at timestamptz,
  undone_by uuid,
  -- When the rows of an import that was taken went, and with them the way back.
  purged_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, class_id) references classes (institution_id, id) on delete cascade,
  foreign key (institution_id, created_by) references people (institution_id, id)
);
create index imports_by_time on imports (institution_id, created_at desc);

create table import_rows (
  institution_id uuid not null,
  import_id uuid not null,
  -- The order in which rows are taken.
  n int not null,
  -- Null for titles and headers, and while the columns have no meaning.
  section text check (section in ('terms', 'teachers', 'students', 'classes', 'enrolments')),
  -- The number that the spreadsheet shows, and of a zip the file it is in.
  row int not null,
  part text not null,
  cells jsonb not null,
  outcome text check (outcome in ('new', 'changed', 'same', 'error')),
  -- Whom or what it is about: known already, or the id it will have.
  target_id uuid,
  "values" jsonb,
  changes jsonb not null default '[]',
  kept jsonb,
  problems jsonb not null default '[]',
  -- What no other row of the file may be, and what it names (with `>` in front): who has to be judged again with it.
  keys text[] not null default '{}',
  differs boolean not null default false,
  primary key (institution_id, import_id, n),
  foreign key (institution_id, import_id) references imports (institution_id, id) on delete cascade
);
create index import_rows_by_outcome on import_rows (institution_id, import_id, outcome, n);

-- What somebody said the columns of a header mean, for the next file with the same one.
create table import_mappings (
  institution_id uuid not null references institutions (id),
  header_key bytea not null,
  kind text not null,
  mapping jsonb not null,
  saved_at timestamptz not null,
  primary key (institution_id, header_key)
);

-- Taking an import back deletes people: without these each of them would read a table through.
create index people_merged_into on people (institution_id, merged_into) where merged_into is not null;
create index sessions_started_by on sessions (institution_id, started_by);
create index enrolment_holds_looks_like on enrolment_holds (institution_id, looks_like_id);

do $$
declare walled text;
begin
  foreach walled in array array['imports', 'import_rows', 'import_mappings']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
    execute format('grant select, insert, update, delete on %I to smart_attendance_app', walled);
  end loop;
end $$;

-- The two things that are done in every institution at once.

create function purge_imports(drafts_before timestamptz, taken_before timestamptz, at timestamptz) returns void
  language sql volatile security definer set search_path = public
  begin atomic
    delete from imports i where i.state in ('reading', 'unmapped', 'ready') and i.created_at < drafts_before;
    delete from import_rows r using imports i
      where i.institution_id = r.institution_id and i.id = r.import_id
        and i.state in ('taken', 'undone') and i.taken_at < taken_before and i.purged_at is null;
    update imports i set purged_at = at
      where i.state in ('taken', 'undone') and i.taken_at < taken_before and i.purged_at is null;
  end;

create function free_interrupted_imports(quiet_since timestamptz) returns void
  language sql volatile security definer set search_path = public
  begin atomic
    update imports i set state = 'ready', failed_because = 'interrupted', cancel_asked = false
      where i.state = 'taking' and i.progress_at < quiet_since;
  end;

revoke execute on function purge_imports, free_interrupted_imports from public;
grant execute on function purge_imports, free_interrupted_imports to smart_attendance_app;

-- Templates made from photos are unverified until a live check-in has confirmed them.
alter table face_templates add column verified_at timestamptz;
update face_templates set verified_at = created_at;

-- A zip of photos that somebody looks through before its faces become templates. The photos themselves are not kept:
-- of each the sealed template and a small sealed picture of the face, until the batch is taken or a day has passed.
create table photo_batches (
  institution_id uuid not null references institutions (id),
  id uuid not null,
  created_at timestamptz not null,
  created_by uuid not null,
  photos int not null,
  -- Moves with every photo that is read: a batch that stands still for long was interrupted.
  touched_at timestamptz not null,
  read_to_end boolean not null default false,
  taken_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, created_by) references people (institution_id, id)
);

create table photo_batch_items (
  institution_id uuid not null,
  batch_id uuid not null,
  place int not null,
  file_name text not null,
  person_id uuid,
  outcome text not null,
  looks_like_id uuid,
  model text,
  key_version int,
  sealed bytea,
  sealed_thumbnail bytea,
  primary key (institution_id, batch_id, place),
  foreign key (institution_id, batch_id) references photo_batches (institution_id, id) on delete cascade,
  foreign key (institution_id, person_id) references people (institution_id, id),
  foreign key (institution_id, looks_like_id) references people (institution_id, id),
  foreign key (institution_id, key_version) references institution_keys (institution_id, version),
  check ((model is null) = (sealed is null) and (sealed is null) = (key_version is null))
);

create function delete_photo_batches(before timestamptz) returns void
  language sql volatile security definer set search_path = public
  begin atomic delete from photo_batches b where b.created_at < before; end;
revoke execute on function delete_photo_batches from public;
grant execute on function delete_photo_batches to smart_attendance_app;

do $$
declare walled text;
begin
  foreach walled in array array['photo_batches', 'photo_batch_items']
  loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
    execute format('grant select, insert, update, delete on %I to smart_attendance_app', walled);
  end loop;
end $$;

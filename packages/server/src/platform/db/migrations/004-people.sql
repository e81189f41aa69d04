-- Owners, institutions that are disabled, and what the directory of people is searched and sorted by.

-- Nobody of a disabled institution signs in; what it has is kept.
alter table institutions add column disabled_at timestamptz;

-- Who set the installation up: the first admin of its oldest institution.
insert into person_roles (institution_id, person_id, role)
select first.institution_id, first.person_id, 'owner' from (
  select r.institution_id, r.person_id
  from person_roles r
  join people p on p.institution_id = r.institution_id and p.id = r.person_id
  join institutions i on i.id = r.institution_id
  where r.role = 'admin'
  order by i.created_at, i.id, p.created_at, p.id limit 1
) first on conflict do nothing;

-- Row-level security lets no index answer an operator that could tell of hidden rows by its errors, `like` among them;
-- `find_people` below asks it in place of the application. The institution is in the index for those with many of them.
create extension if not exists btree_gin;

alter table people
  -- Columns, because an expression in an index is no use behind row-level security either.
  add column sort_name text not null generated always as (lower(full_name)) stored,
  add column sort_roll_no text not null generated always as (lower(coalesce(roll_no, ''))) stored,
  -- A line a field, the phone's digits alone once more: no search is found half in one field, half in the next.
  add column search_text text not null generated always as (lower(
    full_name || E'\n' || coalesce(roll_no, '') || E'\n' || coalesce(email, '') || E'\n' || coalesce(phone, '') || E'\n'
    || regexp_replace(coalesce(phone, ''), '\D', '', 'g'))) stored;
create index people_by_name on people (institution_id, sort_name, id);
create index people_by_roll_no on people (institution_id, sort_roll_no, id);
create index people_by_age on people (institution_id, created_at, id);
create index people_search on people using gin (institution_id, search_text gin_trgm_ops);
create index person_roles_by_role on person_roles (institution_id, role, person_id);
create index invites_by_person on invites (institution_id, person_id, created_at);

-- The ids of the people of this transaction's institution whose fields hold all of `wanted` (patterns of `like`), the
-- first by the index: at most `most`.
create function find_people(wanted text[], most int) returns setof uuid
  language sql stable security definer set search_path = public
  begin atomic
    select p.id from people p
    where p.institution_id = current_institution() and p.search_text like wanted[1] and p.search_text like all (wanted)
    limit most;
  end;

-- Whether `asker` is an owner of the installation, of the transaction's institution.
create function is_owner(asker uuid) returns boolean
  language sql stable set search_path = public
  begin atomic
    select exists (
      select from person_roles r join people p on p.institution_id = r.institution_id and p.id = r.person_id
      where r.institution_id = current_institution() and r.person_id = asker and r.role = 'owner' and p.status = 'active');
  end;

-- What an owner sees of every institution: numbers, nobody's name.
create function list_institutions(asker uuid, since timestamptz)
  returns table (id uuid, name text, time_zone text, locale text, is_demo boolean, created_at timestamptz,
    disabled_at timestamptz, people int, sessions int, last_active_at timestamptz)
  language sql stable security definer set search_path = public
  begin atomic
    select i.id, i.name, i.time_zone, i.locale, i.is_demo, i.created_at, i.disabled_at,
      (select count(*)::int from people p where p.institution_id = i.id and p.status <> 'disabled' and p.merged_into is null),
      (select count(*)::int from sessions s where s.institution_id = i.id and s.started_at >= since),
      (select a.at from audit_log a where a.institution_id = i.id order by a.id desc limit 1)
    from institutions i where is_owner(asker) order by i.created_at, i.id;
  end;
create index sessions_by_start on sessions (institution_id, started_at);

-- What the database was made by.
create function list_migrations(asker uuid)
  returns table (name text, applied_at timestamptz)
  language sql stable security definer set search_path = public
  begin atomic select m.name, m.applied_at from schema_migrations m where is_owner(asker) order by m.name; end;

create or replace function find_sign_ins(identifier text)
  returns table (institution_id uuid, institution_name text, person_id uuid, password_hash text, status text)
  language sql stable security definer set search_path = public
  begin atomic
    select p.institution_id, i.name, p.id, p.password_hash, p.status
    from people p join institutions i on i.id = p.institution_id
    where p.password_hash is not null and (p.email = lower(identifier) or lower(p.roll_no) = lower(identifier))
      and i.disabled_at is null
    order by p.created_at limit 5;
  end;

drop function list_installation();
create function list_installation()
  returns table (id uuid, name text, is_demo boolean, policy jsonb, is_disabled boolean)
  language sql stable security definer set search_path = public
  begin atomic
    select i.id, i.name, i.is_demo, i.policy, i.disabled_at is not null from institutions i order by i.created_at;
  end;

revoke execute on function find_people, is_owner, list_institutions, list_migrations, list_installation from public;
grant execute on function find_people, is_owner, list_institutions, list_migrations, list_installation to smart_attendance_app;

-- Every row of the audit log is a link of its institution's chain; docs/decisions/060 says what is hashed and why so.

-- Without it, whoever holds a receipt could guess another's row by trying times and statuses against a hash beside the path.
alter table audit_log add column salt uuid not null default gen_random_uuid();
create index audit_of_session on audit_log (institution_id, session_id, id) where session_id is not null;
create index audit_of_actor on audit_log (institution_id, actor_id, id) where actor_id is not null;

create table audit_chain (
  institution_id uuid not null,
  -- From 1, without gaps, in the order of the commits.
  seq bigint not null,
  audit_id bigint not null,
  -- SHA-256 of 0x00 and the canonical row.
  leaf bytea not null,
  -- SHA-256 of 0x02, the hash before and the leaf.
  hash bytea not null,
  primary key (institution_id, seq)
);
create unique index audit_chain_of_row on audit_chain (audit_id, institution_id);

create table audit_heads (
  institution_id uuid primary key references institutions (id),
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 50);

-- The row as JSON, byte for byte as platform/audit/canonical-row.ts writes it; put together by hand because
-- json_build_object takes three times as long.
create function audit_canonical(a audit_log) returns text language sql stable
  return '{"institution":"' || a.institution_id
    || '","id":' || a.id
    || ',"at":"' || to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || '","actor":' || coalesce('"' || a.actor_id || '"', 'null')
    || ',"action":' || to_json(a.action)
    || ',"subject":' || coalesce('"' || a.subject_id || '"', 'null')
    || ',"session":' || coalesce('"' || a.session_id || '"', 'null')
    || ',"old":' || coalesce(a.old_value::text, 'null')
    || ',"new":' || coalesce(a.new_value::text, 'null')
    || ',"reason":' || coalesce(to_json(a.reason)::text, 'null')
    || ',"salt":"' || a.salt || '"}';

create function audit_link(link bytea, head bytea, leaf bytea) returns bytea language plpgsql immutable parallel safe as
  $$ begin return sha256('\x02'::bytea || coalesce(link, head) || leaf); end $$;

-- As a window function it hands each row the hash of all up to it, so that a whole import is linked by one statement.
create aggregate audit_hash(head bytea, leaf bytea) (sfunc = audit_link, stype = bytea);

-- Links the rows from `first_id` on that have no link yet. Those that others have committed have theirs, so what is found is
-- what the running transaction has appended.
-- The tables are named with their schema: a temporary one of the same name would come first.
-- Without statistics a planner may read the whole chain for one row: it is held to the two indexes.
create function link_audit_rows(institution uuid, first_id bigint) returns bigint
  language plpgsql volatile set search_path = public
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare head public.audit_heads;
declare last public.audit_chain;
begin
  select h.* into head from public.audit_heads h where h.institution_id = institution for update;
  if not found then
    insert into public.audit_heads values (institution, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select h.* into head from public.audit_heads h where h.institution_id = institution for update;
  end if;
  insert into public.audit_chain (institution_id, seq, audit_id, leaf, hash)
  select institution, head.seq + row_number() over in_order, f.id, f.leaf, audit_hash(head.hash, f.leaf) over in_order
  from (
    select a.id, sha256('\x00'::bytea || convert_to(audit_canonical(a), 'UTF8')) as leaf
    from public.audit_log a
    where a.institution_id = institution and a.id >= first_id
      and not exists (select from public.audit_chain c where c.audit_id = a.id and c.institution_id = institution)
  ) f
  window in_order as (order by f.id);
  select c.* into last from public.audit_chain c where c.institution_id = institution order by c.seq desc limit 1;
  update public.audit_heads h set seq = last.seq, hash = last.hash where h.institution_id = institution;
  return last.audit_id;
end $$;

create function link_audit_row() returns trigger
  language plpgsql volatile security definer set search_path = public as $$
begin
  -- The first of a transaction's rows links them all; for the others this is cheaper than a look into the table.
  if current_setting('app.audit_linked_of', true) = new.institution_id::text
    and current_setting('app.audit_linked_to', true)::bigint >= new.id
  then
    return null;
  end if;
  perform set_config('app.audit_linked_to', link_audit_rows(new.institution_id, new.id)::text, true);
  perform set_config('app.audit_linked_of', new.institution_id::text, true);
  return null;
end $$;

-- Deferred to the commit: the head's lock is the last that a transaction takes, and is held no longer than the commit lasts.
create constraint trigger link_at_commit after insert on audit_log
  deferrable initially deferred for each row execute function link_audit_row();

do $$
declare walled text;
declare institution uuid;
begin
  for institution in select distinct a.institution_id from audit_log a loop
    perform link_audit_rows(institution, 0);
  end loop;
  foreach walled in array array['audit_chain', 'audit_heads'] loop
    execute format('alter table %I enable row level security', walled);
    execute format('create policy wall on %I using (institution_id = current_institution()) with check (institution_id = current_institution())', walled);
  end loop;
end $$;

revoke execute on function link_audit_rows, link_audit_row from public;
grant select on audit_chain, audit_heads to smart_attendance_app;

-- An import is taken back in the server's own time, as it is taken: with progress, a way to stop it, and what stood in
-- the way kept for whoever looks.

alter table imports
  drop constraint imports_state_check,
  add constraint imports_state_check
    check (state in ('reading', 'unmapped', 'ready', 'taking', 'taken', 'undoing', 'undone')),
  drop constraint imports_failed_because_check,
  add constraint imports_failed_because_check
    check (failed_because in ('cancelled', 'interrupted', 'not-allowed', 'in-use', 'broken')),
  -- Some of what depends on it, and how much there is, as it was when somebody last wanted it undone.
  add column obstacles jsonb not null default '[]',
  add column obstacle_count int not null default 0;

create or replace function free_interrupted_imports(quiet_since timestamptz) returns void
  language sql volatile security definer set search_path = public
  begin atomic
    update imports i
      set state = case i.state when 'taking' then 'ready' else 'taken' end, failed_because = 'interrupted', cancel_asked = false
      where i.state in ('taking', 'undoing') and i.progress_at < quiet_since;
  end;

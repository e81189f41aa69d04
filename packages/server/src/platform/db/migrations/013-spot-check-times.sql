-- Open sessions whose policy asks for a spot check and that had none: their time is to be drawn, or has come.
create function list_sessions_to_spot_check(now timestamptz)
  returns table (institution_id uuid, session_id uuid)
  language sql stable security definer set search_path = public
  begin atomic
    select s.institution_id, s.id
    from sessions s
      join classes c on c.institution_id = s.institution_id and c.id = s.class_id
      join institutions i on i.id = s.institution_id
    where s.started_at is not null and s.ended_at is null and s.cancelled_at is null and s.paused_at is null
      and s.opens_at <= now and s.closes_at > now
      and (s.spot_check_at is null or s.spot_check_at <= now)
      and coalesce((c.policy ->> 'spotCheck')::int, (i.policy ->> 'spotCheck')::int, 0) > 0
      and not exists (
        select from spot_checks k
        where k.institution_id = s.institution_id and k.session_id = s.id and k.asked_by is null)
    order by s.opens_at limit 500;
  end;
revoke execute on function list_sessions_to_spot_check from public;
grant execute on function list_sessions_to_spot_check to smart_attendance_app;

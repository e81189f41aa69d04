-- Who attends too little, of a whole institution at once.

-- Every student's marks in the ended sessions of each class, by what they weigh. Asked as the tables' owner, who is not
-- asked for every row of a million whether it stands inside the wall: the one condition says so.
create function sum_marks()
  returns table (class_id uuid, student_id uuid, present bigint, late bigint, own_points bigint, own_attended bigint,
    uncounted bigint, first_ended_at timestamptz)
  language sql stable security definer set search_path = public
  -- In the order of the table and into one hash: a walk along an index would fetch a million rows one by one.
  set enable_indexscan = off set work_mem = '64MB'
  begin atomic
    select s.class_id, r.student_id,
      count(*) filter (where r.held_at is null and r.custom_status_id is null and r.status = 'present'),
      count(*) filter (where r.held_at is null and r.custom_status_id is null and r.status = 'late'),
      sum((o.weight * 100)::int) filter (where r.held_at is null),
      count(*) filter (where r.held_at is null and o.weight > 0),
      count(*) filter (where r.held_at is not null
        or case when r.custom_status_id is null then r.status = 'excused' else o.weight is null end),
      min(s.ended_at)
    from records r join sessions s on s.institution_id = r.institution_id and s.id = r.session_id
    left join statuses o on o.institution_id = r.institution_id and o.id = r.custom_status_id
    where r.institution_id = (select current_institution()) and s.ended_at is not null
    group by s.class_id, r.student_id;
  end;

revoke execute on function sum_marks from public;
grant execute on function sum_marks to smart_attendance_app;

-- The directory's order as people write it: R2 before R10, Ömer beside Omar. Numbers are padded to twenty digits,
-- letters lose their marks; compared byte by byte, so that every database answers alike.

drop index people_by_name;
alter table people
  drop column sort_name,
  add column order_name text collate "C" not null generated always as (
    lower(regexp_replace(normalize(full_name, nfd), '[\u0300-\u036f]', '', 'g'))) stored,
  add column order_roll_no text collate "C" not null generated always as (
    regexp_replace(regexp_replace(lower(coalesce(roll_no, '')), '(\d+)', repeat('0', 19) || '\1', 'g'), '\d*(\d{20})', '\1', 'g')) stored;
create index people_by_order_name on people (institution_id, order_name, id);
create index people_by_order_roll_no on people (institution_id, order_roll_no, id);

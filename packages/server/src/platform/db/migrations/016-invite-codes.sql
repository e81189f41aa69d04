-- An invite on paper can be typed: a code of its own beside the token of its link. Only its hash is kept.

alter table invites add column code_hash bytea;
create unique index invites_code on invites (institution_id, code_hash);
create index invites_by_code on invites (code_hash) where code_hash is not null;

-- A code says nothing of its institution, so that it stays short: which one it belongs to is asked across the wall.
create function find_institution_of_invite(given_hash bytea) returns uuid
  language sql stable security definer set search_path = public
  return (select i.institution_id from invites i where i.code_hash = given_hash limit 1);

revoke execute on function find_institution_of_invite from public;
grant execute on function find_institution_of_invite to smart_attendance_app;

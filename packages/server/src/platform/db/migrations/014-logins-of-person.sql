-- When somebody was last seen: of all their sign-ins, ended ones too.
create index logins_by_person on logins (institution_id, person_id);

-- The colours the screen shows beside the actions; null where the policy asks for none or the person asked not to see any.
alter table challenges add column colours text[];

-- Set by the person alone: whom flashes make ill need not tell anybody.
alter table people add column avoids_flashes boolean not null default false;

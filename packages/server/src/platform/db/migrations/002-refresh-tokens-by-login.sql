-- Every refresh looks at the tokens of its login; there are many thousands of others.
create index refresh_tokens_of_login on refresh_tokens (institution_id, login_id);

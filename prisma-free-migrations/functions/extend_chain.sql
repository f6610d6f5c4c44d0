-- The next link of an account's chain, with its own version and balance; a chain begins with nothing. Proving one side of a
-- transfer so tells nothing about the other.
create or replace function extend_chain(head bytea, content bytea, version bigint, balance_after bigint) returns bytea
  language sql immutable parallel safe
  as $$ select sha256(coalesce(head, ''::bytea) || content || int8send(version) || int8send(balance_after)) $$;

-- What a refused posting asked for.
create or replace function posting_content(
  debit_id uuid, credit_id uuid, amount integer, kind text, class text, visit_id uuid, reverses_id uuid, memo_code text
) returns bytea
  language sql immutable parallel safe
  as $$ select sha256(convert_to(jsonb_build_array(debit_id, credit_id, amount, kind, class, visit_id, reverses_id, memo_code)::text, 'UTF8')) $$;

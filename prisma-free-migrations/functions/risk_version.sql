-- Which wording of its risks a kind of service has now, in all languages together; null where nothing is said of them.
create or replace function risk_version(of_kind text) returns text
  language sql stable
  as $$
    select encode(sha256(convert_to(jsonb_object_agg(language, risk_text)::text, 'UTF8')), 'hex')
      from service_kind_name where code = of_kind and risk_text is not null
     having count(*) > 0
  $$;
call allow_app_call('risk_version');

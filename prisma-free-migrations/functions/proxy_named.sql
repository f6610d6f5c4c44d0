-- What the client calls somebody who acts for them: in histories, where who acted may be no member.
create or replace function proxy_named(of_bank uuid, of_person uuid) returns text
  language sql stable strict
  as $$ select name from proxy where bank_id = of_bank and person_id = of_person order by recorded_at desc limit 1 $$;
call allow_app_call('proxy_named');

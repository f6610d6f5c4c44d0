-- What happened, told in the same transaction; whoever delivers reads it in order.

create table outbox (
  bank_id uuid not null,
  event_id uuid not null,
  kind text not null,
  payload jsonb not null,
  happened_at timestamptz not null,
  delivered_at timestamptz,
  primary key (bank_id, event_id)
);
create index outbox_waiting on outbox (bank_id, happened_at) where delivered_at is null;
call isolate_by_bank('outbox');
call allow_app('select, insert, update', 'outbox');

-- Who knows the risks of a kind of service, in which of its wordings (Charity Law 2023, article 66): read by themselves, or read out to them. A guest may have
-- heard them at the bank where they help, whose member they are not.

create table risk_reading (
  bank_id uuid not null references bank,
  member_id uuid not null,
  service_kind text not null references service_kind,
  -- What risk_version said of the wording.
  version text not null check (version ~ '^[0-9a-f]{64}$'),
  way text not null check (way in ('read', 'read_out')),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (bank_id, member_id, service_kind, version)
);
create index risk_reading_kind on risk_reading (service_kind);
call isolate_by_bank('risk_reading');
call append_only('risk_reading');
call keep_trail('risk_reading', false);
call allow_app('select, insert', 'risk_reading');

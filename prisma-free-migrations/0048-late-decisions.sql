-- A decision that came after another one's: two coordinators read the same visit and both made up their minds. It changes nothing, but who
-- made it and why stays beside the decision that counts. Never changed; rare, so that a table of its own is small.
create table late_decision (
  bank_id uuid not null,
  visit_id uuid not null,
  approval_id uuid not null,
  decision text not null check (decision in ('approve', 'reject')),
  reason_code text,
  note text,
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (bank_id, visit_id, approval_id),
  foreign key (bank_id, visit_id) references visit,
  foreign key (bank_id, approval_id) references approval
);
create index late_decision_approval on late_decision (bank_id, approval_id);
call isolate_by_bank('late_decision');
call append_only('late_decision');
call allow_app('select, insert', 'late_decision');

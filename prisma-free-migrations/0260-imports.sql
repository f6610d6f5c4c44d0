-- What a bank brings in from files: members, opening balances, past visits, relations, qualifications.

create table import_run (
  bank_id uuid not null references bank,
  import_id uuid not null,
  kind text not null check (kind in ('members', 'balances', 'visits', 'relations', 'qualifications')),
  state text not null check (state in ('queued', 'running', 'done', 'done_with_failures', 'cancelled')),
  file_name text not null check (char_length(file_name) between 1 and 200),
  file_hash bytea not null,
  format text not null check (format in ('csv', 'xlsx')),
  encoding text,
  separator text,
  sheet text,
  epoch integer check (epoch in (1900, 1904)),
  heads text[] not null,
  -- Which column holds which field.
  columns jsonb not null,
  row_count integer not null,
  blank_rows integer not null,
  -- What a dry run of these columns found.
  checked jsonb,
  sum_minutes bigint,
  control_total bigint,
  -- What became of the rows, once it is over.
  counts jsonb,
  done_rows integer,
  created_by uuid not null,
  created_at timestamptz not null,
  started_by uuid,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (bank_id, import_id),
  check (num_nonnulls(started_by, started_at) in (0, 2)),
  check (state = 'queued' or state = 'cancelled' or started_at is not null)
);
create index import_run_created on import_run (bank_id, created_at desc, import_id desc);
create index import_run_going on import_run (bank_id) where state in ('queued', 'running');

-- The rows of a file as they were read, some hundreds in one: a piece is done whole, in one transaction, or not at all.
-- Gone once the run is over.
create table import_piece (
  bank_id uuid not null,
  import_id uuid not null,
  piece_number integer not null,
  row_count integer not null,
  -- [[line, [cells]], …]
  rows jsonb not null,
  done_at timestamptz,
  -- What became of them.
  counts jsonb,
  primary key (bank_id, import_id, piece_number),
  foreign key (bank_id, import_id) references import_run
);

-- Rows that could not be taken, or could not when they were last looked at.
create table import_problem (
  bank_id uuid not null,
  import_id uuid not null,
  line integer not null,
  field text,
  code text not null,
  parameters jsonb not null default '{}',
  -- As they stood in the file, to give back.
  cells text[] not null,
  is_of_dry_run boolean not null,
  primary key (bank_id, import_id, line),
  foreign key (bank_id, import_id) references import_run
);

-- What a bank chose for a head of a column.
create table import_head (
  bank_id uuid not null references bank,
  kind text not null,
  head text not null check (char_length(head) between 1 and 200),
  field text not null,
  chosen_at timestamptz not null,
  primary key (bank_id, kind, head)
);

-- The numbers that members had before they came: other files name them by these.
create table former_number (
  bank_id uuid not null,
  number text not null check (char_length(number) between 1 and 60),
  member_id uuid not null,
  import_id uuid not null,
  primary key (bank_id, number),
  foreign key (bank_id, member_id) references member,
  foreign key (bank_id, import_id) references import_run
);
create index former_number_member on former_number (bank_id, member_id);
create index former_number_import on former_number (bank_id, import_id);

-- The one opening balance that a member may come with.
create table opening_balance (
  bank_id uuid not null,
  member_id uuid not null,
  minutes bigint not null check (minutes > 0),
  transfer_id uuid not null,
  import_id uuid not null,
  line integer not null,
  primary key (bank_id, member_id),
  foreign key (bank_id, member_id) references member,
  foreign key (bank_id, transfer_id) references transfer,
  foreign key (bank_id, import_id) references import_run
);
create index opening_balance_transfer on opening_balance (bank_id, transfer_id);
create index opening_balance_import on opening_balance (bank_id, import_id);

-- Visits from before a bank worked with this. They are history: no minutes were paid for them here, and no count of scanned or approved hours sees them.
create table former_visit (
  bank_id uuid not null,
  -- Worked out from what the row says: the same visit in another file is the same.
  former_visit_id uuid not null,
  volunteer_id uuid not null,
  client_id uuid,
  service_kind text not null check (char_length(service_kind) between 1 and 100),
  day date not null,
  started_at time,
  ended_at time,
  minutes integer not null check (minutes between 1 and 1440),
  note text check (char_length(note) between 1 and 1000),
  import_id uuid not null,
  line integer not null,
  primary key (bank_id, former_visit_id),
  foreign key (bank_id, volunteer_id) references member,
  foreign key (bank_id, client_id) references member,
  foreign key (bank_id, import_id) references import_run,
  check (volunteer_id is distinct from client_id)
);
create index former_visit_volunteer on former_visit (bank_id, volunteer_id, day desc);
create index former_visit_client on former_visit (bank_id, client_id, day desc);
create index former_visit_import on former_visit (bank_id, import_id);

call isolate_by_bank('import_run');
call isolate_by_bank('import_piece');
call isolate_by_bank('import_problem');
call isolate_by_bank('import_head');
call isolate_by_bank('former_number');
call isolate_by_bank('opening_balance');
call isolate_by_bank('former_visit');
call append_only('opening_balance');
create trigger closed_bank before insert on import_run for each row execute function refuse_in_closed_bank();
call keep_trail('import_run', true);
call keep_trail('former_number', false);
call keep_trail('opening_balance', false);
call keep_trail('former_visit', false);
call allow_app('select, insert, update', 'import_run');
call allow_app('select, insert, update, delete', 'import_piece');
call allow_app('select, insert, delete', 'import_problem');
call allow_app('select, insert, update', 'import_head');
call allow_app('select, insert', 'former_number');
call allow_app('select, insert', 'opening_balance');
call allow_app('select, insert', 'former_visit');
-- Files name people by their names alone.
create index member_key on member (bank_id, name_key);

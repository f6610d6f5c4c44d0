-- Histories: the entries of one thing by their first key, those that one act wrote of many, and those of a day.

create index audit_trail_by_row on audit_trail (bank_id, ((row_keys[1])) collate "C");
create index audit_trail_of_many on audit_trail (bank_id, recorded_xid) where cardinality(row_keys) > 1;
create index audit_trail_by_day on audit_trail using brin (happened_at) with (pages_per_range = 32);

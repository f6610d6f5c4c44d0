-- Whether a challenge or a rotating code shows what an offline scan came after. Null online, and of scans before this was kept.
alter table scan_event add column dated boolean;

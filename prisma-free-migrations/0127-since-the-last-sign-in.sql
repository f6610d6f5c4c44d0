-- What the trail had come to when somebody signed in, and at a sign-in where it was at the one before: what changed since is then a stretch of an index.
alter table known_device add column signed_in_xid xid8;
alter table session add column before_xid xid8, add column before_at timestamptz;

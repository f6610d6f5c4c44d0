-- Functions stand in files of their own beside these (`functions/`), applied after them whenever one has changed: which form of each is here.
create table function_checksum (
  name text primary key,
  checksum text not null
);
call allow_app('select', 'function_checksum');

-- Which files a database was made by: whoever serves from it looks before anything else whether it fits.
call allow_app('select', 'migration_checksum');

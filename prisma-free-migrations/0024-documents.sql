-- The forum documents: background for readers, of no bank. The import role alone writes them; the application only reads.
create extension if not exists pg_trgm;

-- The import role is named by whoever runs the migrations, as the application's is.
create procedure allow_import(target regclass)
  language plpgsql as $$
begin
  execute format('grant select, insert, update, delete on %s to %I', target, current_setting('timebank.import_role'));
end $$;

create procedure allow_import_schema()
  language plpgsql as $$
begin
  execute format('grant usage on schema public to %I', current_setting('timebank.import_role'));
end $$;
call allow_import_schema();

-- What is told differently in each language stands by language in a column "words".
create table document (
  document_slug text primary key,
  position int not null unique,
  kind text not null,
  original_language text not null,
  original_title text not null,
  authors text[] not null,
  byline text[] not null,
  words jsonb not null,
  starts_on date,
  ends_on date
);

-- Every document has a section `overview`, which is the whole of it in short.
create table document_section (
  document_slug text not null references document on delete cascade,
  section_slug text not null,
  position int not null,
  number text,
  kind text not null,
  heading text,
  country text,
  speakers text[] not null,
  themes text[] not null,
  primary key (document_slug, section_slug),
  unique (document_slug, position)
);

-- A section in a language: the digest that this product carries, or the original that an import brought.
create table document_text (
  document_slug text not null,
  section_slug text not null,
  language text not null,
  source text not null check (source in ('digest', 'original')),
  title text not null,
  passages jsonb not null,
  words tsvector not null,
  word_count int not null,
  primary key (document_slug, section_slug, language, source),
  foreign key (document_slug, section_slug) references document_section on delete cascade
);
create index document_text_words on document_text using gin (words);

create table document_figure (
  figure_slug text primary key,
  document_slug text not null,
  section_slug text not null,
  position int not null unique,
  value numeric not null,
  upper numeric,
  qualifier text not null,
  forecast boolean not null,
  unit text not null,
  year int,
  chart text,
  words jsonb not null,
  foreign key (document_slug, section_slug) references document_section on delete cascade
);
create index document_figure_section on document_figure (document_slug, section_slug);

-- A problem that the documents name, where they name it, and where this product answers it.
create table document_problem (
  problem_slug text primary key,
  position int not null unique,
  sources jsonb not null,
  places text[] not null,
  words jsonb not null
);

-- Names, units, kinds and themes of a language: what every answer in that language needs.
create table document_label (
  language text primary key,
  labels jsonb not null
);

-- In how many texts a word stands: what makes a word telling.
create table document_word (
  word text primary key,
  texts int not null
);
create index document_word_alike on document_word using gin (word gin_trgm_ops);

-- How many texts there are, and how many words one has on average.
create table document_measure (
  only_row boolean primary key default true check (only_row),
  texts int not null,
  mean_words double precision not null
);

-- What was laid down, by a hash of its content, so that the same again changes nothing.
create table document_release (
  source text primary key check (source in ('digests', 'newsletter')),
  content_hash bytea not null,
  laid_down_at timestamptz not null
);

do $$
declare
  target regclass;
begin
  foreach target in array array['document', 'document_section', 'document_text', 'document_figure', 'document_problem',
                                'document_label', 'document_word', 'document_measure', 'document_release']::regclass[]
  loop
    call allow_app('select', target);
    call allow_import(target);
  end loop;
end $$;

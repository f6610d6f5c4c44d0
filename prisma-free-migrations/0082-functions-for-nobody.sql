-- A function made from now on is its owner's alone until a file grants it. Up to here each was everyone's until a file took it back, and what an
-- older form of keep_trail makes on a fresh database would have stayed so.
alter default privileges revoke execute on functions from public;

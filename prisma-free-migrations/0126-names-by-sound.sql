-- Names in the order in which people look them up: Chinese by its pinyin, others as their letters go. The list of members is read in it.
create index member_by_name on member (bank_id, name collate "zh-x-icu", member_id);

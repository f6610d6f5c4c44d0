/** A name as lists order it: Chinese by its pinyin, other letters as people look them up. An index of members goes by it. */
export const byName = (column: string) => `${column} collate "zh-x-icu"`;

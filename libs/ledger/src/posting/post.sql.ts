const through = (name: 'post_many' | 'post_plain') => ({
  name,
  text: `select place, outcome, code, parameters, posted_minutes as "postedMinutes", overflow_minutes as "overflowMinutes"
           from ${name}($1, $2, $3, $4)`,
});

const inTurn = through('post_many');
const plainFirst = through('post_plain');
/** From so many postings on one statement for all of them is worth getting ready. */
const several = 8;

/** The one statement that posts so many postings, prepared once on each connection. */
export const postStatement = (postings: number) => (postings < several ? inTurn : plainFirst);

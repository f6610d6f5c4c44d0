/** The one statement that posts, prepared once on each connection. */
export const postStatement = {
  name: 'post_many',
  text: `select place, outcome, code, parameters, posted_minutes as "postedMinutes", overflow_minutes as "overflowMinutes"
           from post_many($1, $2, $3, $4)`,
};

/** What the answers about those who act for a client may refuse, with their statuses. */
export const familyRefusals = {
  'proxies/id_reused': 409,
  'proxies/not_found': 404,
  'proxies/person_not_found': 404,
  'proxies/to_self': 422,
  'proxies/own_phone': 422,
  'proxies/circle': 422,
  'proxies/too_long': 422,
  'proxies/in_the_past': 422,
  'proxies/confirmed_later': 422,
  'proxies/wrong_confirmation': 422,
  'proxies/recorded_by_proxy': 403,
  'proxies/no_chain': 403,
  'proxies/not_in_scope': 403,
  'proxies/own_visit': 403,
  'proxies/ended': 403,
  'proxies/say_for_whom': 422,
} as const;

/** What the answers about activities may refuse, with their statuses. */
export const activityRefusals = {
  'activities/id_reused': 409,
  'activities/not_found': 404,
  'activities/stale': 409,
  'activities/wrong_order': 422,
  'activities/already_begun': 422,
  'activities/places_taken': 409,
  'activities/over': 409,
  'activities/other_part': 409,
  'activities/overlaps': 409,
  'activities/begun': 409,
  'activities/no_places': 409,
  'activities/no_place': 422,
  'activities/was_there': 409,
  'activities/not_now': 422,
  'activities/not_over': 409,
  'activities/second_closes': 409,
} as const;

/** Those with words in every language; the list is open: a city may send its own. */
export const reasonCodes = [
  'left_early',
  'client_confirmed',
  'overlap_corrected',
  'cap_applied',
  'related_but_genuine',
  'travel_explained',
  'client_not_covered',
  'not_served',
  'wrong_person',
  'duplicate',
  'suspected_fraud',
  'volunteer_asked',
  'other',
] as const;
export const manualReasonCodes = ['forgot_scan_in', 'forgot_scan_out', 'no_phone', 'card_missing', 'card_unreadable', 'other'] as const;

export const seriesStates = ['active', 'paused', 'ended'] as const;
export const seriesEndReasons = ['not_needed', 'need_met', 'moved', 'died', 'no_capacity'] as const;

/** The classes of GB/T 43153-2023. */
export const kindClasses = ['daily_living', 'basic_care', 'health', 'visits', 'comfort', 'errands', 'home_adaptation'] as const;
export const riskLevels = ['low', 'medium', 'high'] as const;
/** Who may pay for the second and further helper of a request. */
export const furtherPayers = ['client', 'pool'] as const;

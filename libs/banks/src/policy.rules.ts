import { policyDefaults, policyKeys, policySchema, type Policy, type PolicyKey } from '@timebank/contract';

/** What is wrong with a new policy row; null when it is sound. */
export function policyProblem(key: string, value: unknown): 'policy/unknown_key' | 'policy/bad_value' | null {
  if (!isPolicyKey(key)) return 'policy/unknown_key';
  return policySchema.shape[key].safeParse(value).success ? null : 'policy/bad_value';
}

function isPolicyKey(key: string): key is PolicyKey {
  return policyKeys.includes(key as PolicyKey);
}

/** The rows in force over the defaults. A key that this version no longer knows is passed over. */
export function mergePolicy(inForce: readonly { key: string; value: unknown }[]): Policy {
  const defaults = Object.fromEntries(policyKeys.map((key) => [key, policyDefaults[key].value]));
  const given = inForce.filter(({ key }) => isPolicyKey(key)).map(({ key, value }) => [key, value]);
  return { ...defaults, ...Object.fromEntries(given) } as Policy;
}

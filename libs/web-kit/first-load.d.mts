export const firstLoadLimitKb: number;
export function measureFirstLoad(folder?: string): { files: { name: string; kb: number }[]; kb: number };

import { isWaiting, type Stored, type Waiting } from '@timebank/contract';

/** What a call that might have waited for a second person has done. */
export async function stored<Value>(call: Promise<Stored<Value> | Waiting>): Promise<Stored<Value>> {
  const answer = await call;
  if (isWaiting(answer)) throw new Error(`waits for a second person until ${answer.until}`);
  return answer;
}

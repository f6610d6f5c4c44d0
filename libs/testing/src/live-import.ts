import type supertest from 'supertest';
import type { TestCaller } from './test-app';

/** Sends a file to be brought in. */
export function sendFile(by: TestCaller, base: string, content: string | Buffer, kind?: string, name = 'list.csv'): supertest.Test {
  const sent = by.call('post', `${base}/imports`).attach('file', Buffer.from(content), name);
  return kind === undefined ? sent : sent.field('kind', kind);
}

/** A file brought in, and one that is given up. */
export async function liveImport(admin: TestCaller, base: string): Promise<void> {
  const { body } = await sendFile(admin, base, 'X1,X2\nFormer Member,1944-04-04').expect(201);
  const one = `${base}/imports/${(body as { importId: string }).importId}`;
  await admin.post(`${one}/columns`, { columns: { name: 'X1', birthDate: 'X2' } }).expect(200);
  await admin.post(`${one}/dry-run`).expect(200);
  await admin.post(`${one}/start`).expect(200);
  const { body: other } = await sendFile(admin, base, 'Name,Birth date\nNobody,1944-04-05').expect(201);
  await admin.post(`${base}/imports/${(other as { importId: string }).importId}/cancel`).expect(200);
}

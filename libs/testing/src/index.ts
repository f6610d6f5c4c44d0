export { createTestDatabase, type TestDatabase } from './test-database';
export { openRooms, testStart, type TestRooms } from './test-rooms';

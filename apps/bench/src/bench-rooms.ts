import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '@timebank/database';
import type { Clock } from '@timebank/kernel';

export type BenchRooms = { get<Ability>(ability: Type<Ability>): Ability; close(): Promise<void> };

/** Rooms of the product in this process, on a database that is there, without the HTTP door. */
export async function openRooms(url: string, clock: Clock, modules: (Type | DynamicModule)[]): Promise<BenchRooms> {
  const root: DynamicModule = {
    module: class BenchRoot {},
    imports: [DatabaseModule.forRoot({ url, clock }), ...modules],
  };
  const context = await NestFactory.createApplicationContext(root, { logger: ['error'], abortOnError: false });
  return { get: (ability) => context.get(ability, { strict: false }), close: () => context.close() };
}

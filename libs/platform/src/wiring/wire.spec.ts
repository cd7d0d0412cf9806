import type { Clock } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { Inject, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { provide, token } from './token.js';
import { wire, type Wired } from './wire.js';

interface Greeter {
  greet(name: string): string;
}

const Clock = token<Clock>('Clock');
const Greeter = token<Greeter>('Greeter');

const welcomeGuest =
  ({ clock, greeter }: { clock: Clock; greeter: Greeter }) =>
  (name: string): string =>
    `${greeter.greet(name)} at ${clock.now()}`;

class Desk {
  constructor(@Inject(welcomeGuest) readonly welcome: Wired<typeof welcomeGuest>) {}
}

@Module({
  providers: [
    Desk,
    provide(Clock, { now: () => 7 }),
    provide(Greeter, { greet: (name: string) => `Hello ${name}` }),
    wire(welcomeGuest, { greeter: Greeter, clock: Clock }),
  ],
})
class DeskModule {}

describe('wire', () => {
  it('hands each port to the context function by its name, whatever the order of the tokens', async () => {
    const ref = await Test.createTestingModule({ imports: [DeskModule] }).compile();
    expect(ref.get(Desk).welcome('Ada')).toBe('Hello Ada at 7');
    await ref.close();
  });

  it('does not compile with a wrong, a missing or a strange port', () => {
    // @ts-expect-error a greeter is no clock
    wire(welcomeGuest, { greeter: Greeter, clock: Greeter });
    // @ts-expect-error the clock is missing
    wire(welcomeGuest, { greeter: Greeter });
    // @ts-expect-error nobody asked for this
    wire(welcomeGuest, { greeter: Greeter, clock: Clock, log: Clock });
    // @ts-expect-error the value does not implement the port
    provide(Clock, { greet: () => '' });
    // @ts-expect-error the use case takes a name
    const wrong: Wired<typeof welcomeGuest> = (count: number) => String(count);
    expect(wrong).toBeInstanceOf(Function);
  });
});

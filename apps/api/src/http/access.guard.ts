import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { type Actor, decide, Locator } from '@timebank/access';
import { RefuseInClosed } from '@timebank/banks';
import { refuse, type RouteName, routes } from '@timebank/contract';
import { ActFor } from '@timebank/family';
import { WatchBooks } from '@timebank/ledger';
import type { FastifyRequest } from 'fastify';
import { routeOf } from './endpoint';
import { refusalFor } from './may-call';

type CallRequest = FastifyRequest & { actor?: Actor | null; user?: Actor };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isId = (text: string | null): text is string => text !== null && uuid.test(text);

/** While the books are set back an admin can still sign in and say so. */
const isAlwaysOpen = (name: RouteName) =>
  routes[name].method === 'GET' || name === 'sayRestored' || routes[name].path.startsWith('/api/sessions');

/**
 * Asks passport's session strategy who calls, then the permission table whether they may. A handler outside the table is
 * refused. A role in a bank proves that the bank is there; a role in the city does not, so it is looked up.
 * Whoever acts for a client goes on in that client's place (`ActFor`).
 * Last, what would write is refused in a closed bank, and while the books are older than what was published of them.
 */
@Injectable()
export class AccessGuard extends AuthGuard('session') implements CanActivate {
  @Inject(Locator) private readonly locator!: Locator;
  @Inject(RefuseInClosed) private readonly inClosed!: RefuseInClosed;
  @Inject(WatchBooks) private readonly books!: WatchBooks;
  @Inject(ActFor) private readonly actFor!: ActFor;

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = routeOf(context);
    if (name === undefined) throw refuse('request/not_found');
    const request = context.switchToHttp().getRequest<CallRequest>();
    await super.canActivate(context);
    const bankId = (request.params as { bankId?: string }).bankId?.toLowerCase() ?? null;
    const actor = request.actor ?? null;
    const decision = decide(actor, routes[name].permission, bankId);
    if (decision !== 'allowed') {
      if (actor !== null && bankId !== null) await this.actFor.refuseEnded(actor, name, bankId);
      throw refuse(refusalFor[decision]);
    }
    const isProven = bankId === null || name === 'putBank' || actor?.roles.some((role) => role.bankId === bankId);
    if (!isProven && isId(bankId) && !(await this.locator.isBank(bankId))) throw refuse('banks/not_found');
    if (isId(bankId) && routes[name].method !== 'GET' && !routes[name].outlastsClosing) await this.inClosed.run(bankId);
    if (!isAlwaysOpen(name)) await this.books.refuseToWrite();
    if (actor?.proxies && isId(bankId)) request.actor = await this.actFor.run(actor, name, bankId, request);
    return true;
  }

  /** Passport's answer: nobody signed in is not an error here, the permission table decides. */
  override handleRequest<User>(error: unknown, user: User | false, _info: unknown, context: ExecutionContext): User {
    if (error) throw error;
    const actor = user === false ? null : user;
    context.switchToHttp().getRequest<CallRequest>().actor = actor as Actor | null;
    return actor as User;
  }
}

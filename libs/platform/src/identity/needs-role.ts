import { fault, mayAct, type OperatorRole, type Secret } from '#libs/kernel';
import {
  applyDecorators,
  createParamDecorator,
  Inject,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

import { token } from '../wiring/token.js';
import { verifyToken, type Operator } from './tokens.js';

/** What signs the tokens of operators. */
export const SigningKey = token<Secret | undefined>('SigningKey');

const NEEDED = Symbol('needed role');
const operators = new WeakMap<IncomingMessage, Operator>();

/** Who asks, from the `Authorization` header. */
export const operatorOf = async (
  request: FastifyRequest,
  key: Secret | undefined,
): Promise<Operator> => {
  const [, bearer] = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (!bearer || !key) throw fault('API_TOKEN_INVALID');
  const operator = await verifyToken(key, bearer);
  operators.set(request.raw, operator);
  return operator;
};

class RoleGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(SigningKey) private readonly key: Secret | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<OperatorRole>(NEEDED, [
      context.getHandler(),
      context.getClass(),
    ]);
    const operator = await operatorOf(
      context.switchToHttp().getRequest<FastifyRequest>(),
      this.key,
    );
    if (!mayAct(operator.role, needed)) throw fault('API_ROLE_INSUFFICIENT');
    return true;
  }
}

/** On a controller or a route; the one on the route wins. */
export const NeedsRole = (role: OperatorRole): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(NEEDED, role), UseGuards(RoleGuard));

/** Who asks, on a route with `NeedsRole`. */
export const Caller = createParamDecorator(
  (_: undefined, context: ExecutionContext): Operator | undefined =>
    operators.get(context.switchToHttp().getRequest<FastifyRequest>().raw),
);

import { fault, operatorRoles, utf8, type OperatorRole, type Secret } from '#libs/kernel';
import { jwtVerify, SignJWT } from 'jose';

/** Who asks at the machine itself, where no token says another. */
export const LOCAL_OPERATOR = 'command-line';

export interface Operator {
  /** Who it was made for: the person as the directory names one, or `command-line` for the local operator. */
  readonly name: string;
  readonly role: OperatorRole;
}

const ISSUER = 'innkeeper';
const AUDIENCE = 'innkeeper-api';
const LIFETIME_SECONDS = 3600;

export const issueToken = (
  key: Secret,
  { name, role }: Operator,
  now: number = Date.now(),
): Promise<string> => {
  const issued = Math.floor(now / 1000);
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(name)
    .setIssuedAt(issued)
    .setExpirationTime(issued + LIFETIME_SECONDS)
    .sign(utf8(key.reveal()));
};

/** Throws `API_TOKEN_INVALID` for anything but a live token of ours. */
export const verifyToken = async (
  key: Secret,
  token: string,
  now: number = Date.now(),
): Promise<Operator> => {
  try {
    const { payload } = await jwtVerify<{ role?: unknown }>(token, utf8(key.reveal()), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(now),
    });
    const role = operatorRoles.find((known) => known === payload.role);
    if (role && payload.sub) return { name: payload.sub, role };
  } catch {
    // Why a token is wrong is nobody's business who shows a wrong one.
  }
  throw fault('API_TOKEN_INVALID');
};

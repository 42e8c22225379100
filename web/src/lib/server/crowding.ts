import { createHash, randomBytes } from 'node:crypto';

/**
 * How many contributions come from one address (nl: drukte). A library, a school or a reception centre is one address for
 * hundreds of honest people, and so is somebody with a thousand made-up ones. So nobody is turned away: above the usual,
 * what comes waits a little and is marked as coming from a crowd.
 *
 * An address is kept in memory only, and only as a hash with a salt that is made anew each day and never written down.
 */
export type Crowding = {
  /** One contribution from this address: usual, or so many seconds to wait. */
  take(address: string, nowInMilliseconds: number): 'usual' | { waitInSeconds: number };
};

export type CrowdingLimits = {
  /** So many at once are usual: a class fills this in together. */
  atOnce: number;
  /** One more becomes usual after so many seconds. */
  secondsForOne: number;
  /** How long somebody waits at least and at most, whatever the crowd. */
  shortestWaitInSeconds: number;
  longestWaitInSeconds: number;
  /** So many addresses are remembered at most. */
  mostAddresses: number;
};

export const usualCrowd: CrowdingLimits = {
  atOnce: 40,
  secondsForOne: 15,
  shortestWaitInSeconds: 10,
  longestWaitInSeconds: 60,
  mostAddresses: 50_000,
};

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** A token bucket an address. Below zero it counts how large the crowd is, which only makes the wait longer, to a limit. */
export function crowding(limits: CrowdingLimits): Crowding {
  let salt = randomBytes(32);
  let saltedOn = Number.NaN;
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    take(address, now) {
      const day = Math.floor(now / dayInMilliseconds);
      if (day !== saltedOn) {
        salt = randomBytes(32);
        saltedOn = day;
        buckets.clear();
      }
      const name = createHash('sha256').update(salt).update(neighbourhood(address)).digest('base64url').slice(0, 16);
      const known = buckets.get(name);
      const filled = known ? known.tokens + Math.max(0, now - known.at) / (1000 * limits.secondsForOne) : limits.atOnce;
      const tokens = Math.min(limits.atOnce, filled) - 1;

      // Last used, last in the map: the first is the one to forget.
      buckets.delete(name);
      const [longestAgo] = buckets.size >= limits.mostAddresses ? buckets.keys() : [];
      if (longestAgo !== undefined) buckets.delete(longestAgo);
      buckets.set(name, { tokens: Math.max(tokens, -20 * limits.longestWaitInSeconds), at: now });

      if (tokens >= 0) return 'usual';
      // Each twenty of a crowd make the wait a second longer.
      const wait = limits.shortestWaitInSeconds + Math.floor(-tokens / 20);
      return { waitInSeconds: Math.min(limits.longestWaitInSeconds, wait) };
    },
  };
}

/** One home or one server has a whole /64 of IPv6 addresses to itself. */
function neighbourhood(address: string): string {
  if (!address.includes(':') || /^::ffff:[\d.]+$/i.test(address)) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  if (tail !== undefined) groups.push(...Array.from({ length: 8 - groups.length - after.length }, () => '0'), ...after);
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

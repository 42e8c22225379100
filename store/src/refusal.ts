/**
 * Why the store says no. The code is for programs (the web makes a page of it, the command line an exit code), the
 * message is plain English and says what to do.
 */
export const refusalCodes = [
  'platform_unsupported',
  'data_folder_unusable',
  'server_failed',
  'server_unreachable',
  'disk_full',
  'migration_needed',
  'migration_changed',
  'database_newer',
  'backup_refused',
  'backup_newer',
  'backup_broken',
  'text_refused',
  'setting_refused',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** An expected refusal by the store. `message` can be shown to whoever runs the platform; it holds no data of people. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal';
  readonly code: RefusalCode;
  /** Seconds after which trying again makes sense; the web sends it as Retry-After with 503. */
  readonly retryAfterInSeconds: number | null;

  constructor(code: RefusalCode, message: string, options: { cause?: unknown; retryAfterInSeconds?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterInSeconds = options.retryAfterInSeconds ?? null;
  }

  /** Does it help to wait? Then a web server answers 503 rather than 500. */
  get isPassing(): boolean {
    return this.retryAfterInSeconds !== null;
  }
}

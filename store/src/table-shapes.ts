import type pg from 'pg';

/** A table as the database itself describes it. */
export type TableShape = {
  name: string;
  columns: readonly { name: string; type: string }[];
  /** Columns of its key, by which rows are put in a fixed order. */
  key: readonly string[];
};

/** Tables that hold data, those referred to before those that refer to them. */
export async function dataTables(client: pg.ClientBase): Promise<readonly TableShape[]> {
  const { rows: columns } = await client.query<{ table: string; column: string; type: string; in_key: number | null }>(`
    SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
           array_position(k.conkey, a.attnum) AS in_key
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relnamespace = current_schema()::regnamespace
      AND c.relname NOT IN ('schema_migration', 'schema_lock')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
    ORDER BY c.relname, a.attnum`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    SELECT f.relname AS "from", t.relname AS "to"
    FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND f.oid <> t.oid`);

  const names = [...new Set(columns.map(({ table }) => table))];
  return parentsFirst(names, references).map((name) => {
    const own = columns.filter(({ table }) => table === name);
    return {
      name,
      columns: own.map(({ column, type }) => ({ name: column, type })),
      key: own
        .filter(({ in_key }) => in_key !== null)
        .sort((a, b) => a.in_key! - b.in_key!)
        .map(({ column }) => column),
    };
  });
}

function parentsFirst(names: readonly string[], references: readonly { from: string; to: string }[]): string[] {
  const order: string[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    if (order.includes(name)) return;
    if (way.includes(name)) throw new RangeError(`The tables ${way.join(', ')} refer to each other in a circle.`);
    for (const { from, to } of references) if (from === name) visit(to, [...way, name]);
    order.push(name);
  };
  for (const name of names) visit(name, []);
  return order;
}

/** A name in SQL. Ours are plain, but those in a file from outside might not be. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** INNKEEPER_TEST_REQUIRE: a comma list of what must be there, so that its absence is a failure. */
export const isRequired = (name: string): boolean =>
  (process.env['INNKEEPER_TEST_REQUIRE'] ?? '')
    .split(',')
    .map((required) => required.trim())
    .includes(name);

/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include "base/attributes.h"

#include <criterion/criterion.h>

static const struct {
	const char *name;
	const char *value;
	bool secret;
} rows[] = {
	{ "STRIPE_KEY", "x", true },
	{ "stripe_key", "x", true },
	{ "DB_PASS", "x", true },
	{ "DBPASSWORD", "x", true },
	{ "JWT_SECRET", "x", true },
	{ "GITHUB_TOKEN", "", true },
	{ "SENTRY_DSN", "https://x", true },
	{ "DATABASE_URL", "postgres://u:p@ss/w@db/x", true },
	{ "REDIS_URL", "redis://localhost:6379", false },
	{ "MSSQL", "Server=x;Password=y", true },
	{ "CALLBACK", "https://example.com/?Token=abc", true },
	{ "A", "sk-abc", true },
	{ "A", "eyJhbGciOi", true },
	{ "A", "-----BEGIN PRIVATE KEY-----", true },
	{ "A", "0123456789abcdef0123456789abcdef", true },
	{ "PORT", "3000", false },
	{ "NODE_ENV", "production", false },
	{ "KEYBOARD", "us", false },
	{ "PASSENGER", "x", false },
	{ "MAIL_FROM", "Team <team@example.com>", false },
	{ "SITE_URL", "https://example.com/a/b", false },
	{ "GREETING", "hello there, this is a longer sentence 1", false },
	{ "LOG_LEVEL", "debug", false },
};

Test(secrecy, by_name_or_value)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		cr_assert_eq(import_is_secret(rows[i].name, rows[i].value),
			rows[i].secret, "%s=%s", rows[i].name, rows[i].value);
}

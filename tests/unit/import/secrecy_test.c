/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include "base/attributes.h"

#include <criterion/criterion.h>

static const struct {
	const char *name;
	const char *value;
	bool secret;
} rows[] = {
	{ "DATABASE_URL", "postgres://user:pa ssword123@host/db", true },
	{ "HINT", "see https://example.org or @team", false },
	{ "STRIPE_KEY", "x", true },
	{ "stripe_key", "x", true },
	{ "DB_PASS", "x", true },
	{ "CF_ACCT", "0123456789abcdef0123456789abcdef", false },
	{ "SERVICE_ACCOUNT", "{\"k\": \"-----BEGIN PRIVATE KEY-----\"}", true },
	{ "DBPASSWORD", "x", true },
	{ "JWT_SECRET", "x", true },
	{ "GITHUB_TOKEN", "", true },
	{ "SENTRY_DSN", "https://x", true },
	{ "DATABASE_URL", "postgres://u:p@ss/w@db/x", true },
	{ "REDIS_URL", "redis://localhost:6379", false },
	{ "MSSQL", "Server=x;Password=y", true },
	{ "CALLBACK", "https://example.com/?Token=abc", true },
	{ "A", "sk-abc0123456789", true },
	{ "A", "eyJhbGciOiJIUzI1NiJ9.e30.x", true },
	{ "A", "xoxb-1234567890-abcdef", true },
	/* Addresses that let in whoever has them. */
	{ "ALERTS", "https://hooks.slack.com/services/T0/B0/abcdefgh", true },
	{ "ALERTS", "https://discord.com/api/webhooks/123/abc-DEF", true },
	{ "ALERTS", "https://ptb.discord.com/api/webhooks/123/abc", true },
	{ "ALERTS", "https://acme.webhook.office.com/webhookb2/1@2/x", true },
	{ "ALERTS", "https://open.feishu.cn/open-apis/bot/v2/hook/x", true },
	{ "ALERTS", "https://oapi.dingtalk.com/robot/send?a=b", true },
	{ "ALERTS", "https://HC-PING.com/eb095278", true },
	{ "RPC", "wss://mainnet.infura.io/ws/v3/0f", false },
	{ "RPC", "https://mainnet.infura.io/v3/0f0f", true },
	{ "BOT", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1", true },
	{ "BOT_API", "https://api.telegram.org/bot123:abc/send", true },
	{ "SITE", "https://discord.com/invite/abc", false },
	{ "SITE", "https://hooks.slack.com", false },
	{ "CLOCK", "12:30:45", false },
	{ "A", "-----BEGIN PRIVATE KEY-----", true },
	{ "A", "0123456789abcdef0123456789abcdef", true },
	{ "RECIPIENT", "0x52908400098527886E0F7030069857D2E4169EE7", false },
	{ "DEPLOYER",
		"0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f3"
		"62318",
		true },
	{ "WALLET_KEY", "0x52908400098527886E0F7030069857D2E4169EE7", true },
	{ "PORT", "3000", false },
	{ "NODE_ENV", "production", false },
	{ "KEYBOARD", "us", false },
	{ "PASSENGER", "x", false },
	{ "MAIL_FROM", "Team <team@example.com>", false },
	{ "SITE_URL", "https://example.com/a/b", false },
	{ "GREETING", "hello there, this is a longer sentence 1", false },
	{ "LOG_LEVEL", "debug", false },
	{ "STYLE", "key-value", false },
	/* Ids, modes and addresses, whatever stands before them. */
	{ "CLOUDFLARE_ACCOUNT_ID", "0123456789abcdef0123456789abcdef", false },
	{ "CF_ACCOUNT_ID_1", "0123456789abcdef0123456789abcdef", false },
	{ "AUTH_MODE", "byok", false },
	{ "MODEL", "claude-sonnet-4-20250514-long-context", false },
	{ "AUTH_GOOGLE_ID", "1234-abc.apps.example", false },
	{ "TOKEN_TTL", "3600", false },
	{ "PRIVATE_KEY_PATH", "/etc/ssl/key.pem", false },
	{ "AUTH_URL", "https://example.com/login", false },
	{ "AUTH_URL", "https://u:p@example.com/login", true },
	{ "ACCESS_CODE", "lobe66pass", true },
	{ "PGPASS", "pw", true },
	{ "FLOWISE_SECRETKEY_OVERWRITE", "myencryptionkey", true },
	{ "SECRETKEY_PATH", "/root/.flowise", false },
	{ "BYPASS", "on", false },
	{ "OTEL_EXPORTER_OTLP_HEADERS",
		"Authorization=Basic YWJjOmRlZg==", true },
	{ "COUNTRY_CODE", "de", false },
	{ "AWS_ACCESS_KEY_ID", "AKIA0123456789ABCDEF", true },
	{ "STRIPE_PUBLISHABLE_KEY", "pk_live_0123456789abcdef", false },
	{ "STRIPE_KEY", "pk_live_0123456789abcdef", true },
	{ "R2_ACCESS_KEY_ID", "7c1d9e3b5f2a4860", true },
	{ "VAULT_SECRET_ID", "x", true },
	{ "WEBHOOK_URL", "https://example.com/in/a", true },
	{ "NEXT_PUBLIC_ANALYTICS_ID", "abc", false },
	{ "VITE_MAPS_KEY", "x", false },
	{ "ID", "x", false },
	{ "MAX_TOKENS", "4096", false },
	{ "TOKENS", "a4096b", true },
	{ "AUTH", "true", false },
	{ "SEED", "42", false },
	{ "DB_PASSWORD", "12345", true },
	{ "PIN", "1234", true },
	{ "VAPID_PUBLIC_KEY", "BOr1cA", false },
};

Test(secrecy, by_name_or_value)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		cr_assert_eq(import_is_secret(rows[i].name, rows[i].value),
			rows[i].secret, "%s=%s", rows[i].name, rows[i].value);
}

/* SPDX-License-Identifier: MIT */
#include "emulator/exchange.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "emulator/dialect.h"

/* Any of the headers that providers take keys in; whatever its value. */
static bool has_credential(const struct exchange *exchange)
{
	const struct request *request = exchange->request;
	const char *own = exchange->provider->upstream->key_header;

	if (!exchange->token_was_key &&
		request_header(request, "authorization"))
		return true;
	if (exchange->compat)
		return false;
	return (!text_equal(own, "authorization") &&
		       request_header(request, own)) ||
		(exchange->provider->dialect == &dialect_mimo &&
			request_header(request, "api-key"));
}

static bool refuse_alias(struct exchange *exchange, const char *alias)
{
	const struct provider_state *provider = exchange->provider;
	SCOPED(buf) struct buf names = BUF(4096);

	JSON_EACH_MEMBER(key, provider->stored)
		buf_printf(&names, "%s'%s'", names.size ? ", " : "", key.name);
	OWNED char *message =
		memory_printf("Provider '%s' has no BYOK credential named "
			      "'%s'. Configured aliases: %s",
			provider->segment, alias, buf_cstring(&names));
	gateway_error(exchange->answer, GATEWAY_NO_ALIAS, message);
	return false;
}

/* Neither sent nor stored: may Cloudflare pay? */
static bool check_billing(struct exchange *exchange)
{
	const struct settings *settings = &exchange->emulator->settings;
	const struct provider_state *provider = exchange->provider;

	if (exchange->byok_only ||
		request_flag(exchange->request, "cf-aig-no-wholesale") ||
		exchange->token_was_key)
		return exchange_refuse(exchange, GATEWAY_NO_CREDENTIALS);
	if (!provider->upstream->unified_billing)
		return true; /* goes on without a key */
	if (!exchange->authentication)
		return exchange_refuse(exchange, GATEWAY_OPEN_NO_BILLING);
	if (!settings->credits)
		return exchange_refuse(exchange, GATEWAY_NO_CREDITS);
	exchange->key = json_string_value(json_array_get(provider->keys, 0));
	return exchange->key || exchange_refuse(exchange, GATEWAY_NOT_SOLD);
}

bool check_credentials(struct exchange *exchange)
{
	const struct provider_state *provider = exchange->provider;
	/* The Unified API knows the default alias alone. */
	const char *alias = exchange->compat
		? NULL
		: request_header(exchange->request, "cf-aig-byok-alias");

	if (has_credential(exchange)) {
		exchange->key = exchange->compat
			? request_bearer(exchange->request, "authorization")
			: upstream_key(provider, exchange->request);
		if (exchange->key && !*exchange->key)
			exchange->key = NULL;
		return true;
	}
	exchange->key = json_text(provider->stored, alias ? alias : "default");
	if (exchange->key)
		return true;
	if (alias)
		return refuse_alias(exchange, alias);
	return check_billing(exchange);
}
